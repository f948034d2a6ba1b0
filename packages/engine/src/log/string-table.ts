import { OTHER } from '@playhead/shared/model/event'
import type { StringTable as WireTable } from '@playhead/shared/wire/columns'

/** Entries at most; the last one stands for every string that came too late. */
const MOST = 0xffff

/**
 * Strings of a session by id, growing with the stream. A stored session may have holes (strings only evicted chunks used): they read
 * as empty and are not used again.
 */
export class StringTable {
  readonly names: string[] = []
  /** Id of `(other)`, -1 while nothing overflowed. */
  other = -1
  private readonly ids = new Map<string, number>()

  constructor(private readonly most = MOST) {}

  id(name: string): number {
    const known = this.ids.get(name)
    if (known !== undefined) return known
    if (this.names.length >= this.most - 1 && name !== OTHER) return this.overflow()
    const id = this.names.push(name) - 1
    this.ids.set(name, id)
    return id
  }

  /** Takes over what a stored chunk says. The first of two names for one id wins. */
  restore(table: WireTable): void {
    for (const [id, name] of table) {
      while (this.names.length <= id) this.names.push('')
      if (this.ids.has(name) && this.ids.get(name) === id) continue
      if (this.names[id] === '') this.names[id] = name
      if (!this.ids.has(name)) this.ids.set(name, id)
      if (name === OTHER) this.other = id
    }
  }

  private overflow(): number {
    if (this.other < 0) this.other = this.id(OTHER)
    return this.other
  }
}

/** Names of the ids that occur in the first `count` entries of `column`. */
export function usedNames(column: Uint16Array, count: number, names: readonly string[]): WireTable {
  const seen = new Set<number>()
  let last = -1
  for (let row = 0; row < count; row++) {
    const id = column[row] as number
    if (id !== last) seen.add(id)
    last = id
  }
  return [...seen].sort((a, b) => a - b).map(id => [id, names[id] ?? ''])
}
