import { RECORDING } from '@playhead/shared/model/event'
import type { NameCount } from '../contract/vocabulary'
import type { LogReader } from '../log/reader'

/**
 * Returns the types and sources of the visible events, most frequent first. Counts are of the recording; a name that only a replay used
 * counts 0.
 */
export function readNames(reader: LogReader): { types: NameCount[]; sources: NameCount[] } {
  const types = new Counter(reader.types)
  const sources = new Counter(reader.sources)
  for (const chunk of reader.chunks) {
    const { type, source, take } = chunk
    for (let row = chunk.firstRow; row < chunk.count; row++) {
      const recorded = take[row] === RECORDING ? 1 : 0
      types.add(type[row] as number, recorded)
      sources.add(source[row] as number, recorded)
    }
  }
  return { types: types.list(), sources: sources.list() }
}

/** Counts events by the id of a name. */
class Counter {
  private readonly counts: Float64Array
  private readonly seen: Uint8Array

  constructor(private readonly names: readonly string[]) {
    this.counts = new Float64Array(names.length)
    this.seen = new Uint8Array(names.length)
  }

  add(id: number, count: number): void {
    this.counts[id] = (this.counts[id] as number) + count
    this.seen[id] = 1
  }

  list(): NameCount[] {
    return this.names
      .flatMap((name, id) => (this.seen[id] ? { name, count: this.counts[id] as number } : []))
      .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1))
  }
}
