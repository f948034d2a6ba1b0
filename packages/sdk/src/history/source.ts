import type { ProducerId } from '@playhead/shared/model/id'
import type { History } from '../api/types'
import type { KeptBatch } from '../journal/buffer'
import { deliveryOf } from '../recorder/delivery-of'
import type { Core } from '../recorder/internals'
import { artifactsOf } from '../recorder/on-demand'

/** The recorder, for `history`. */
export interface HistoryHost {
  readonly producer: ProducerId
  readonly emitted: number
  readonly missing: number
  readonly artifacts: { kept: number; bytes: number; lost: number }
  /** Every batch kept, oldest first, the open one included. */
  batches(): readonly KeptBatch[]
}

export interface HistoryExtension {
  kind: 'history'
  connect(core: Core): History
}

export function historyHost(core: Core): HistoryHost {
  const { id, journal } = core
  const artifacts = artifactsOf(core)
  deliveryOf(core)
  return {
    producer: id,
    get emitted() {
      return journal.emitted
    },
    get missing() {
      return journal.keeper.buffer.missing
    },
    get artifacts() {
      const { kept, bytes, lost } = artifacts
      return { kept, bytes, lost }
    },
    batches() {
      journal.close()
      return journal.keeper.buffer.batches
    },
  }
}
