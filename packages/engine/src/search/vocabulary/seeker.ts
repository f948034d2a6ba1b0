import type { LogChunk } from '../../log/reader'
import type { Turns } from '../../tasks/turns'
import type { FieldCounts } from './field-counts'

/** Counts the values of one field. It is given the chunks of a log one by one, the newest first. */
export interface Seeker {
  readonly counts: FieldCounts
  /** No further value would be counted, so the chunks that are left need not be read. */
  readonly isFull: boolean
  /** Counts the values in one chunk; awaits `turns` when a slice of work is over. */
  look(chunk: LogChunk, turns: Turns): Promise<void>
}
