import type { LogChunk } from '../../log/reader'

/** The events of one chunk, counted: those that are visible and belong to some takes. */
export interface ChunkCounts {
  /** Earliest and latest time of these events in session ms; `from` > `to` when there are none. */
  readonly from: number
  readonly to: number
  /** How many these events are. */
  readonly total: number
  /** The same events by type, source and producer. */
  readonly types: Tally
  readonly sources: Tally
  readonly producers: Tally
  /** The rows that were visible when the chunk was counted: `firstRow … count` (exclusive). */
  readonly firstRow: number
  readonly count: number
  readonly takes: Takes
}

/** For each take's number, 1 when its events are counted. Two sets of takes are equal only when they are the same object. */
export type Takes = Uint8Array

/** Which ids occur, and how often: `counts[i]` belongs to `ids[i]`. */
export interface Tally {
  ids: Uint16Array
  counts: Uint32Array
}

const known = new WeakMap<LogChunk, ChunkCounts>()
/** Events by id while one chunk is counted; all zeros between calls. */
const scratch = new Uint32Array(0x10000)

/** Counts a chunk. The result is kept until rows are added to the chunk or evicted from it, or other takes are asked for. */
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
