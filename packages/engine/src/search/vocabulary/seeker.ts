import type { LogChunk } from '../../log/reader'
import type { Turns } from '../../tasks/turns'
import type { FieldCounts } from './field-counts'

/** Counts the values of one field, chunk by chunk, newest first. */
export interface Seeker {
  readonly counts: FieldCounts
  /** No more can be told: what is left need not be looked at. */
  readonly isFull: boolean
  look(chunk: LogChunk, turns: Turns): Promise<void>
}
