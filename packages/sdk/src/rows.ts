import type { Gap } from '@playhead/shared/model/gap'
import type { ProducerId } from '@playhead/shared/model/id'
import type { AttachmentInfo, Keyframe, Mark } from '@playhead/shared/model/session'
import { encodeBatch } from '@playhead/shared/wire/batch-encode'
import type { Batch, BatchMeta, FacetColumn, LateFact, MoreCause, StringTable } from '@playhead/shared/wire/columns'
import { facetColumns } from './facet-columns'

export const BATCH_ROWS = 256
/** Payload text after which a batch is closed: with one more event of the largest size it stays below the wire's limit. */
export const BATCH_TEXT = 240 * 1024

/**
 * One batch before it is bytes: preallocated columns, the text of its payloads, and what else belongs to it. Event numbers have no holes
 * from `firstN` on. Filled by the journal, kept as it is by the buffer, and filled again after that: fresh memory is what costs most in
 * a page.
 */
export class Rows {
  count = 0
  firstN = 0
  readonly take = new Uint16Array(BATCH_ROWS)
  readonly time = new Float64Array(BATCH_ROWS)
  readonly type = new Uint16Array(BATCH_ROWS)
  readonly source = new Uint16Array(BATCH_ROWS)
  readonly kind = new Uint8Array(BATCH_ROWS)
  readonly level = new Uint8Array(BATCH_ROWS)
  readonly flags = new Uint8Array(BATCH_ROWS)
  readonly via = new Uint8Array(BATCH_ROWS)
  readonly causeN = new Uint32Array(BATCH_ROWS)
  readonly causeKind = new Uint8Array(BATCH_ROWS)
  readonly duration = new Float32Array(BATCH_ROWS)
  readonly payloadEnds = new Uint32Array(BATCH_ROWS)
  /** Raw facet values: index `facet * BATCH_ROWS + row`. */
  readonly facetValues: unknown[]
  types: StringTable = []
  sources: StringTable = []
  moreCauses: MoreCause[] = []
  originalSizes: { row: number; bytes: number }[] = []
  keyframes: Keyframe[] = []
  late: LateFact[] = []
  marks: Mark[] = []
  /** Set when it is closed. */
  meta: BatchMeta | undefined
  text: Uint8Array = NO_BYTES

  constructor(private readonly facets: readonly string[]) {
    this.facetValues = new Array(facets.length * BATCH_ROWS).fill(undefined)
  }

  get empty(): boolean {
    return this.count === 0 && this.keyframes.length === 0 && this.late.length === 0 && this.marks.length === 0
  }

  /** The batch as bytes, in a fresh buffer. */
  encode(): ArrayBuffer {
    const { count, firstN } = this
    const n = new Uint32Array(count)
    for (let row = 0; row < count; row++) n[row] = firstN + row
    return encodeBatch({
      ...NOTHING,
      meta: this.meta as BatchMeta,
      count,
      n,
      take: this.take,
      time: this.time,
      type: this.type,
      source: this.source,
      kind: this.kind,
      level: this.level,
      flags: this.flags,
      via: this.via,
      causeN: this.causeN,
      causeKind: this.causeKind,
      duration: this.duration,
      payloadEnds: this.payloadEnds,
      facets: this.facetColumns(),
      moreCauses: this.moreCauses,
      originalSizes: this.originalSizes,
      keyframes: this.keyframes,
      late: this.late,
      marks: this.marks,
      text: this.text,
    })
  }

  /** Empties it; the columns keep what they hold until they are written again. */
  clear(): void {
    this.count = 0
    this.types = []
    this.sources = []
    this.moreCauses = []
    this.originalSizes = []
    this.keyframes = []
    this.late = []
    this.marks = []
    if (this.facets.length > 0) this.facetValues.fill(undefined)
  }

  private facetColumns(): FacetColumn[] {
    const columns: FacetColumn[] = []
    this.facets.forEach((name, facet) => {
      columns.push(...facetColumns(name, this.facetValues, facet * BATCH_ROWS, this.count))
    })
    return columns
  }
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
