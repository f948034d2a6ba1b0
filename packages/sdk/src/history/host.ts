import type { ProducerId } from '@playhead/shared/model/id'
import type { KeptBatch } from '../buffer'
import type { Rows } from '../rows'
import type { History } from '../types'

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
  encodeRows(rows: Rows): ArrayBuffer
  connect(host: HistoryHost): History
}
