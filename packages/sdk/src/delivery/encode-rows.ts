import type { Gap } from '@playhead/shared/model/gap'
import type { ProducerId } from '@playhead/shared/model/id'
import type { AttachmentInfo } from '@playhead/shared/model/session'
import { encodeBatch } from '@playhead/shared/wire/batch-encode'
import { BATCH_COLUMNS, newColumns } from '@playhead/shared/wire/column-set'
import type { BatchColumn, Columns } from '@playhead/shared/wire/column-table'
import type { Batch, BatchMeta } from '@playhead/shared/wire/columns'
import { noExtras } from '@playhead/shared/wire/extras'
import { BATCH_ROWS, type Rows } from '../journal/rows'
import { facetColumns } from './facet-columns'

/** A closed batch as bytes, in a fresh buffer. */
export function encodeRows(rows: Rows): ArrayBuffer {
  const { count, firstN } = rows
  const n = new Uint32Array(count)
  for (let row = 0; row < count; row++) n[row] = firstN + row
  const facets = rows.facets.flatMap((name, facet) => facetColumns(name, rows.facetValues, facet * BATCH_ROWS, count))
  const columns: Columns<BatchColumn> = { ...rows.columns, n }
  return encodeBatch({
    ...NOTHING,
    meta: rows.meta as BatchMeta,
    count,
    ...columns,
    facets,
    moreCauses: rows.moreCauses,
    originalSizes: rows.originalSizes,
    keyframes: rows.keyframes,
    late: rows.late,
    marks: rows.marks,
    text: rows.text,
  })
}

/** A batch of no events that only says what is missing. */
export function encodeGaps(producer: ProducerId, batch: number, emitted: number, gaps: Gap[]): ArrayBuffer {
  const attachments: AttachmentInfo[] = []
  return encodeBatch({ ...NOTHING, meta: { producer, batch, emitted, types: [], sources: [], attachments }, gaps })
}

const NOTHING: Omit<Batch, 'meta'> = {
  count: 0,
  ...newColumns(BATCH_COLUMNS, 0),
  ...noExtras(),
  keyframes: [],
  late: [],
  marks: [],
  gaps: [],
  text: new Uint8Array(0),
}
