import type { ProducerId } from '@playhead/shared/model/id'
import type { KeptBatch } from '../journal/buffer'
import type { RecorderInternals } from '../recorder/internals'
import { artifactsOf, deliveryOf } from '../recorder/on-demand'

/** The recorder as history sees it. */
export interface HistorySource {
  readonly producer: ProducerId
  /** Events that were given a number. */
  readonly emitted: number
  /** Events that are known to be missing in the buffer. */
  readonly missing: number
  readonly artifacts: { kept: number; bytes: number; lost: number }
  /** Closes the open batch and returns every batch of the buffer, oldest first. */
  batches(): readonly KeptBatch[]
}

export function historySource(internals: RecorderInternals): HistorySource {
  const { id, journal } = internals
  const artifacts = artifactsOf(internals)
  deliveryOf(internals)
  return {
    producer: id,
    get emitted() {
      return journal.emitted
    },
    get missing() {
      return journal.memory.buffer.missing
    },
    get artifacts() {
      const { kept, bytes, lost } = artifacts
      return { kept, bytes, lost }
    },
    batches() {
      journal.close()
      return journal.memory.buffer.batches
    },
  }
}
