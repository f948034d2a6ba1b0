import type { LogChunk } from '../../log/reader'
import type { ChunkFacts } from './chunk-facts'
import type { Selection } from './selection'

/** One term of a filter, ready to be asked about rows of a chunk. */
export interface TermTest {
  readonly needsText?: boolean
  /** What may change later about events that were tested. */
  readonly reads?: Reads
  /** Narrows the selection to the rows for which the term holds. `text`: of the chunk; undefined: not needed, or lost. */
  narrow(chunk: LogChunk, text: Uint8Array | undefined, selection: Selection): void
  /** False: no row of the chunk can pass, whatever stands where in `payloads`: all of its text, in any order. */
  mayHold?(chunk: LogChunk, payloads: Uint8Array): boolean
  /** As `mayHold`, from what was summed up of a chunk. */
  mayHoldBy?(chunk: LogChunk, facts: ChunkFacts): boolean
  /** Undefined: `narrow` can be called for this selection at once. */
  prepare?(chunk: LogChunk, text: Uint8Array | undefined, selection: Selection): Promise<void> | undefined
  /** Answers given before are not right any more. */
  readonly stale?: boolean
  /** Nobody waits for it any more. */
  close?(): void
  /** Why its answers are not to be trusted; empty: they are. */
  readonly problem?: string
}

export type Reads = 'flags' | 'gaps'
