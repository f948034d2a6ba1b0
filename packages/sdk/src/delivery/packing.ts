import { MARK_KINDS } from '@playhead/shared/model/session'
import { Limits } from '@playhead/shared/wire/limits'
import type { Packing } from '../journal/batch-memory'
import type { KeptBatch } from '../journal/buffer'
import type { Rows } from '../journal/rows'
import { warnOnce } from '../page/natives'
import { warnWrong } from '../page/wrong'
import type { Delivery } from './delivery'
import { encodeRows } from './encode-rows'

/**
 * A batch with at least so many rows is kept as rows until it is sent. A smaller one is packed at once: its bytes take less than its
 * columns.
 */
const KEEP_ROWS = 64

/**
 * Packs batches into bytes. One that is too large for the wire is not kept, and `delivery` tells the engine that its events are missing.
 */
export function packingFor(delivery: Delivery): Packing {
  return {
    encode: encodeRows,
    packs(rows, batch) {
      // The engine takes a mark of another kind for a custom one.
      for (const { kind } of rows.marks) if (!MARK_KINDS.includes(kind)) warnWrong('mark', kind)
      const { length } = rows.keyframes
      if (rows.count >= KEEP_ROWS && length === 0) return false
      const data = encoded(rows)
      keep(batch, data, length > 0 ? Limits.containerBytes : Limits.batchBytes, delivery)
      return true
    },
  }
}

function encoded(rows: Rows): ArrayBuffer | undefined {
  try {
    return encodeRows(rows)
  } catch (error) {
    warnOnce('a batch could not be encoded; its events are counted as missing', error)
    return undefined
  }
}

function keep(batch: KeptBatch, data: ArrayBuffer | undefined, most: number, delivery: Delivery): void {
  if (data === undefined || data.byteLength > most) {
    batch.bytes = 0
    delivery.skip(batch.firstN, batch.lastN, 'oversize', batch.firstTime, batch.lastTime)
    return
  }
  batch.bytes = data.byteLength
  batch.data = () => data
  batch.fresh = false
}
