import { rangeInOrder } from '../../log/order'
import type { SteadyChunk } from '../../log/reader'
import type { Grams } from './grams'

/** What a scan need not find out twice about a sealed chunk. */
export interface ChunkFacts {
  /** Its rows stand in shown order. */
  ordered: boolean
  /** The take of every row, `MIXED` when they differ. */
  take: number
  /** The payload text has bytes above 0x7f; undefined: nobody looked yet. */
  wide: boolean | undefined
  /** What its text cannot have; undefined: it is not summed up yet. */
  grams: Grams | undefined
}

/** No value that all rows have. */
export const MIXED = -1

const known = new WeakMap<SteadyChunk, ChunkFacts>()

/** Undefined while the chunk still grows. */
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

/** The value of the first `count` rows, `MIXED` when they differ. */
export function uniform(column: Uint16Array, count: number): number {
  const value = column[0] ?? 0
  for (let row = 1; row < count; row++) if (column[row] !== value) return MIXED
  return value
}
