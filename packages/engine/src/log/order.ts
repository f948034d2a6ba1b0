import { CHUNK_ROWS } from '@playhead/shared/model/event'
import type { LogChunk, LogReader, SteadyChunk } from './reader'

/** The place of an event or a gap in the shown order: by time, then by the producer's code, then by n. */
export interface OrderKey {
  time: number
  producer: number
  n: number
}

/** Returns the chunk that holds a visible event; undefined where the event is not in the log. */
export function chunkAt(reader: LogReader, seq: number): LogChunk | undefined {
  const chunk = chunkHolding(reader, seq)
  return chunk && seq - chunk.firstSeq >= chunk.firstRow ? chunk : undefined
}

/** Returns the chunk that holds a row, even if it is hidden. Nearly all chunks are full, so the first guess is right as a rule. */
export function chunkHolding(reader: LogReader, seq: number): LogChunk | undefined {
  const { chunks } = reader
  const first = chunks[0]
  if (!first || seq < first.firstSeq) return undefined
  const guess = chunks[Math.floor((seq - first.firstSeq) / CHUNK_ROWS)]
  if (guess && seq >= guess.firstSeq && seq < guess.firstSeq + guess.count) return guess
  let low = 0
  let high = chunks.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const chunk = chunks[middle] as LogChunk
    if (chunk.firstSeq + chunk.count <= seq) low = middle + 1
    else high = middle
  }
  return chunks[low]
}

/** Returns a negative number where event `a` is shown before event `b`. Both must be in the log. */
export function compareSeqs(reader: LogReader, a: number, b: number): number {
  const chunkA = chunkAt(reader, a)
  const chunkB = chunkAt(reader, b)
  if (!chunkA || !chunkB) return a - b
  return compareRows(chunkA, a - chunkA.firstSeq, chunkB, b - chunkB.firstSeq)
}

/** Returns a negative number where event `seq` is shown before `key`. */
export function compareToKey(reader: LogReader, seq: number, key: OrderKey): number {
  const chunk = chunkAt(reader, seq)
  if (!chunk) return -1
  const row = seq - chunk.firstSeq
  return (
    (chunk.time[row] as number) - key.time ||
    (chunk.producer[row] as number) - key.producer ||
    (chunk.n[row] as number) - key.n
  )
}

function compareRows(a: LogChunk, rowA: number, b: LogChunk, rowB: number): number {
  const time = (a.time[rowA] as number) - (b.time[rowB] as number)
  if (time !== 0) return time
  const producer = (a.producer[rowA] as number) - (b.producer[rowB] as number)
  return producer !== 0 ? producer : (a.n[rowA] as number) - (b.n[rowB] as number)
}

/** Tells whether rows `from` to `to` (exclusive) stand in the shown order already. */
export function rangeInOrder(chunk: SteadyChunk, from: number, to: number): boolean {
  const { time, producer, n } = chunk
  for (let row = from + 1; row < to; row++) {
    const step = (time[row] as number) - (time[row - 1] as number)
    if (step > 0) continue
    if (step < 0) return false
    const other = (producer[row] as number) - (producer[row - 1] as number)
    if (other < 0 || (other === 0 && (n[row] as number) <= (n[row - 1] as number))) return false
  }
  return true
}

/** Room for merging, lent to one call after the other. */
const scratch = new Uint32Array(CHUNK_ROWS)

/**
 * Sorts the first `count` entries of `rows` into the shown order. A chunk consists of batches of a few producers, each in order already, so
 * this merges the ascending runs that it finds. Where nothing is out of place it compares each row once.
 */
export function sortRows(chunk: LogChunk, rows: Uint32Array, count: number): void {
  const bounds: number[] = [0]
  for (let i = 1; i < count; i++) {
    if (compareRows(chunk, rows[i - 1] as number, chunk, rows[i] as number) > 0) bounds.push(i)
  }
  bounds.push(count)
  const spare = count <= scratch.length ? scratch : new Uint32Array(count)
  let from: Uint32Array = rows
  let to: Uint32Array = spare
  let runs = bounds
  while (runs.length > 2) {
    const merged: number[] = [0]
    for (let i = 0; i + 1 < runs.length; i += 2) {
      const end = runs[i + 2] ?? (runs[i + 1] as number)
      mergeRuns(chunk, from, to, runs[i] as number, runs[i + 1] as number, end)
      merged.push(end)
    }
    runs = merged
    const previous = from
    from = to
    to = previous
  }
  if (from !== rows) rows.set(from.subarray(0, count))
}

/** Merges the runs `start` to `middle` and `middle` to `end`. */
function mergeRuns(
  chunk: LogChunk,
  from: Uint32Array,
  to: Uint32Array,
  start: number,
  middle: number,
  end: number,
): void {
  let a = start
  let b = middle
  for (let at = start; at < end; at++) {
    const takeA = b >= end || (a < middle && compareRows(chunk, from[a] as number, chunk, from[b] as number) <= 0)
    to[at] = (takeA ? from[a++] : from[b++]) as number
  }
}
