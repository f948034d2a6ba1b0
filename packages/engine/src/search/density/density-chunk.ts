import type { LogChunk } from '../../log/reader'

/** What is counted of one chunk: its visible events of some takes. */
export interface ChunkCounts {
  /** Of the events counted; `from` > `to`: there are none. */
  readonly from: number
  readonly to: number
  readonly total: number
  /** Events by type, source and producer. */
  readonly types: Tally
  readonly sources: Tally
  readonly producers: Tally
  /** Visible rows when it was counted. */
  readonly firstRow: number
  readonly count: number
  readonly takes: Takes
}

/** By number: 1, it is counted. The same object is the same takes. */
export type Takes = Uint8Array

/** Which ids occur how often. */
export interface Tally {
  ids: Uint16Array
  counts: Uint32Array
}

const known = new WeakMap<LogChunk, ChunkCounts>()
const scratch = new Uint32Array(0x10000)

/** Counted once for each chunk as it is: again when rows were added or evicted, or for other takes. */
export function countsOf(chunk: LogChunk, takes: Takes): ChunkCounts {
  const before = known.get(chunk)
  if (before?.takes === takes && before.firstRow === chunk.firstRow && before.count === chunk.count) return before
  const { firstRow, count, take, time } = chunk
  let from = Number.POSITIVE_INFINITY
  let to = Number.NEGATIVE_INFINITY
  let total = 0
  for (let row = firstRow; row < count; row++) {
    if (takes[take[row] as number] === 0) continue
    const at = time[row] as number
    if (at < from) from = at
    if (at > to) to = at
    total++
  }
  const by = (column: 'type' | 'source' | 'producer') => tally(chunk, column, takes)
  const tallied = { types: by('type'), sources: by('source'), producers: by('producer') }
  const counts: ChunkCounts = { from, to, total, ...tallied, firstRow, count, takes }
  known.set(chunk, counts)
  return counts
}

function tally(chunk: LogChunk, column: 'type' | 'source' | 'producer', takes: Takes): Tally {
  const { firstRow, count, take } = chunk
  const values = chunk[column]
  const seen: number[] = []
  for (let row = firstRow; row < count; row++) {
    if (takes[take[row] as number] === 0) continue
    const id = values[row] as number
    if (scratch[id] === 0) seen.push(id)
    scratch[id] = (scratch[id] as number) + 1
  }
  const counts = new Uint32Array(seen.length)
  for (let i = 0; i < seen.length; i++) {
    counts[i] = scratch[seen[i] as number] as number
    scratch[seen[i] as number] = 0
  }
  return { ids: Uint16Array.from(seen), counts }
}
