import type { Gap } from '@playhead/shared/model/gap'
import type { ProducerId } from '@playhead/shared/model/id'
import type { AttachmentInfo } from '@playhead/shared/model/session'
import { encodeBatch } from '@playhead/shared/wire/batch-encode'
import type { Batch, BatchMeta } from '@playhead/shared/wire/columns'
import { BATCH_ROWS, type Rows } from '../journal/rows'
import { facetColumns } from './facet-columns'

/** A closed batch as bytes, in a fresh buffer. */
export function encodeRows(rows: Rows): ArrayBuffer {
  const { count, firstN } = rows
  const n = new Uint32Array(count)
  for (let row = 0; row < count; row++) n[row] = firstN + row
  const facets = rows.facets.flatMap((name, facet) => facetColumns(name, rows.facetValues, facet * BATCH_ROWS, count))
  return encodeBatch({
    ...NOTHING,
    meta: rows.meta as BatchMeta,
    count,
    n,
    take: rows.take,
    time: rows.time,
    type: rows.type,
    source: rows.source,
    kind: rows.kind,
    level: rows.level,
    flags: rows.flags,
    via: rows.via,
    causeN: rows.causeN,
    causeKind: rows.causeKind,
    duration: rows.duration,
    payloadEnds: rows.payloadEnds,
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

const NO_BYTES = new Uint8Array(0)

const NOTHING: Omit<Batch, 'meta'> = {
  count: 0,
  n: new Uint32Array(0),
  take: new Uint16Array(0),
  time: new Float64Array(0),
  type: new Uint16Array(0),
  source: new Uint16Array(0),
  kind: NO_BYTES,
  level: NO_BYTES,
  flags: NO_BYTES,
  via: NO_BYTES,
  causeN: new Uint32Array(0),
  causeKind: NO_BYTES,
  duration: new Float32Array(0),
  payloadEnds: new Uint32Array(0),
  facets: [],
  moreCauses: [],
  originalSizes: [],
  keyframes: [],
  late: [],
  marks: [],
  gaps: [],
  patches: [],
  foreignIds: [],
  artifacts: [],
  unknown: [],
  text: NO_BYTES,
}
