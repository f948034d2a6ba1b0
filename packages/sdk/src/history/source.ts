import type { ProducerId } from '@playhead/shared/model/id'
import type { KeptBatch } from '../journal/buffer'
import type { RecorderInternals } from '../recorder/internals'
import { artifactsOf, deliveryOf } from '../recorder/on-demand'

/** The recorder, for `history`. */
export interface HistorySource {
  readonly producer: ProducerId
  readonly emitted: number
  readonly missing: number
  readonly artifacts: { kept: number; bytes: number; lost: number }
  /** Every batch kept, oldest first, the open one included. */
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
