import { OTHER } from '@playhead/shared/model/event'
import type { StringTable as WireTable } from '@playhead/shared/wire/columns'

/** A table has at most so many strings. The last one stands for all that found no room. */
const MOST = 0xffff

/**
 * The strings of a session by id. It grows with the events. A stored session may have holes, of strings that only evicted chunks used:
 * these read as empty texts, and their ids are not given away again.
 */
export class StringTable {
  readonly names: string[] = []
  /** Id of `(other)`; -1 while every string found room. */
  other = -1
  private readonly ids = new Map<string, number>()

  constructor(private readonly most = MOST) {}

  /** Returns the id of a string, a new one where it is new, and that of `(other)` where there is no room. */
  id(name: string): number {
    const known = this.ids.get(name)
    if (known !== undefined) return known
    if (this.names.length >= this.most - 1 && name !== OTHER) return this.overflow()
    const id = this.names.push(name) - 1
    this.ids.set(name, id)
    return id
  }

  /** Takes over the strings of a stored chunk. Where two chunks differ about an id, the first one counts. */
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

/** Returns the ids that occur in the first `count` entries of a column, with their names. */
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
