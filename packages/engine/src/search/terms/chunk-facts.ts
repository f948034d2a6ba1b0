import { rangeInOrder } from '../../log/order'
import type { SteadyChunk } from '../../log/reader'
import type { Grams } from './grams'

/** What was found out about a sealed chunk, which cannot change any more. It is kept in memory as long as the chunk is. */
export interface ChunkFacts {
  /** The rows stand in shown order. */
  ordered: boolean
  /** The take of all rows; `MIXED` when they differ. */
  take: number
  /** The payload text has bytes above 0x7f; undefined until somebody looked. */
  wide: boolean | undefined
  /** The summary of the payload text; undefined until the indexer made it. */
  grams: Grams | undefined
}

/** Stands for the value of a column that is not the same in all rows. */
export const MIXED = -1

const known = new WeakMap<SteadyChunk, ChunkFacts>()

/** The facts of a chunk; undefined while it still grows. */
export function factsOf(chunk: SteadyChunk): ChunkFacts | undefined {
  if (!chunk.sealed) return undefined
  let facts = known.get(chunk)
  if (!facts) {
    facts = {
      ordered: chunk.monotonic && rangeInOrder(chunk, 0, chunk.count),
      take: uniform(chunk.take, chunk.count),
      wide: undefined,
      grams: undefined,
    }
    known.set(chunk, facts)
  }
  return facts
}

/** The value that the first `count` rows have; `MIXED` when they differ. */
export function uniform(column: Uint16Array, count: number): number {
  const value = column[0] ?? 0
  for (let row = 1; row < count; row++) if (column[row] !== value) return MIXED
  return value
}
