import type { SteadyChunk } from '../../log/reader'
import type { ChunkFacts } from './chunk-facts'
import type { Selection } from './selection'

/**
 * One term of a filter, or several of them as one test, ready to be asked about rows of a chunk. A test is given only what of a chunk never
 * changes; what may change later it gets from its `TermContext`. The functions are properties and not methods, because only then does the
 * compiler refuse a test that asks for more of a chunk.
 */
export interface TermTest {
  /** The term is decided by payload text. It is asked after all terms that are not. */
  readonly needsText?: boolean
  /** Narrows the selection to the rows for which the term holds. `text` is the chunk's; undefined when it is not needed or lost. */
  readonly narrow: (chunk: SteadyChunk, text: Uint8Array | undefined, selection: Selection) => void
  /** False when no row of the chunk can pass. `payloads` is all of its payload text (UTF-8), in any order of the payloads. */
  readonly mayHold?: (chunk: SteadyChunk, payloads: Uint8Array) => boolean
  /** As `mayHold`, judging by what is known of the chunk without its text. */
  readonly mayHoldBy?: (chunk: SteadyChunk, facts: ChunkFacts) => boolean
  /** Gets from elsewhere what `narrow` needs for this selection, and resolves when that is here; undefined when nothing is needed. */
  readonly prepare?: (
    chunk: SteadyChunk,
    text: Uint8Array | undefined,
    selection: Selection,
  ) => Promise<void> | undefined
  /** Some event would be judged otherwise now, because a cause or a mark arrived after it. All events must be tested again. */
  readonly stale?: boolean
  /** Drops work that runs elsewhere for this test. */
  close?(): void
  /** Why its answers are incomplete; empty when they are complete. */
  readonly problem?: string
}
