/** The key of the one thing that the SDK leaves on the global object: a list of the ids of the living recorders, for tools. */
const HOOK = Symbol.for('playhead')

function ids(): string[] {
  const world = globalThis as { [HOOK]?: string[] }
  const known = world[HOOK]
  if (Array.isArray(known)) return known
  const fresh: string[] = []
  try {
    Object.defineProperty(world, HOOK, { value: fresh, configurable: true })
  } catch {
    // The global object is frozen: there is no list then.
  }
  return fresh
}

/** Adds a recorder to the list. */
export function show(id: string): void {
  ids().push(id)
}

/** Removes a recorder from the list. */
export function hide(id: string): void {
  const list = ids()
  const at = list.indexOf(id)
  if (at >= 0) list.splice(at, 1)
}
