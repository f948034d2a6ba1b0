/** The one thing the SDK leaves on the global object: the ids of the living recorders, for tools. */
const HOOK = Symbol.for('playhead')

function ids(): string[] {
  const world = globalThis as { [HOOK]?: string[] }
  const known = world[HOOK]
  if (Array.isArray(known)) return known
  const fresh: string[] = []
  try {
    Object.defineProperty(world, HOOK, { value: fresh, configurable: true })
  } catch {
    // A frozen global object.
  }
  return fresh
}

export function show(id: string): void {
  ids().push(id)
}

export function hide(id: string): void {
  const list = ids()
  const at = list.indexOf(id)
  if (at >= 0) list.splice(at, 1)
}
