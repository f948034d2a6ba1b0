import type { SteadyChunk } from '../../log/reader'
import type { ChunkFacts } from './chunk-facts'
import type { Selection } from './selection'

/**
 * One term of a filter, ready to be asked about rows of a chunk. It is given what of a chunk stays as it was; what may change later it
 * asks its `TermContext` for. Its functions are properties, not methods: only so the compiler refuses a test that takes more of a chunk.
 */
export interface TermTest {
  readonly needsText?: boolean
  /** Narrows the selection to the rows for which the term holds. `text`: of the chunk; undefined: not needed, or lost. */
  readonly narrow: (chunk: SteadyChunk, text: Uint8Array | undefined, selection: Selection) => void
  /** False: no row of the chunk can pass, whatever stands where in `payloads`: all of its text, in any order. */
  readonly mayHold?: (chunk: SteadyChunk, payloads: Uint8Array) => boolean
  /** As `mayHold`, from what was summed up of a chunk. */
  readonly mayHoldBy?: (chunk: SteadyChunk, facts: ChunkFacts) => boolean
  /** Undefined: `narrow` can be called for this selection at once. */
  readonly prepare?: (
    chunk: SteadyChunk,
    text: Uint8Array | undefined,
    selection: Selection,
  ) => Promise<void> | undefined
  /** Answers given before are not right any more: a cause or a mark came after what it belongs to. */
  readonly stale?: boolean
  /** Nobody waits for it any more. */
  close?(): void
  /** Why its answers are not to be trusted; empty: they are. */
  readonly problem?: string
}
