import type { Gap } from '@playhead/shared/model/gap'
import type { ProducerId } from '@playhead/shared/model/id'
import type { AttachmentInfo, Keyframe, Mark } from '@playhead/shared/model/session'
import { encodeBatch } from '@playhead/shared/wire/batch-encode'
import type { Batch, FacetColumn, LateFact, MoreCause, StringTable } from '@playhead/shared/wire/columns'
import { facetColumns } from './facet-columns'

export const BATCH_ROWS = 256
/** Payload text after which a batch is closed: with one more event of the largest size it stays below the wire's limit. */
export const BATCH_TEXT = 240 * 1024

/** The batch being filled: preallocated columns, used again for the next one. Rows are numbered without holes from `firstN`. */
export class OpenBatch {
  rows = 0
  firstN = 0
  /** Which filling this is; tells names that are already in the tables. */
  batch = 1
  types: StringTable = []
  sources: StringTable = []

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
  moreCauses: MoreCause[] = []
  originalSizes: { row: number; bytes: number }[] = []
  keyframes: Keyframe[] = []
  late: LateFact[] = []
  marks: Mark[] = []
  private readonly n = new Uint32Array(BATCH_ROWS)
  private encoded = 0

  constructor(
    private readonly producer: ProducerId,
    private readonly facets: readonly string[],
  ) {
    this.facetValues = new Array(facets.length * BATCH_ROWS).fill(undefined)
  }

  get empty(): boolean {
    return this.rows === 0 && this.keyframes.length === 0 && this.late.length === 0 && this.marks.length === 0
  }

  /** Encodes what is there and starts the next batch. `text`: bytes of all payloads. */
  close(text: Uint8Array, emitted: number, attachments: AttachmentInfo[]): ArrayBuffer {
    const { rows } = this
    for (let row = 0; row < rows; row++) this.n[row] = this.firstN + row
    const data = encodeBatch({
      meta: this.meta(emitted, attachments, this.types, this.sources),
      count: rows,
      n: this.n,
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
      gaps: [],
      patches: [],
      foreignIds: [],
      artifacts: [],
      unknown: [],
      text,
    })
    this.reset()
    return data
  }

  /** A batch of no events that only says what is missing. */
  encodeGaps(gaps: Gap[], emitted: number): ArrayBuffer {
    return encodeBatch({ ...NO_ROWS, meta: this.meta(emitted, [], [], []), gaps })
  }

  /** Drops the rows, as after a failed close. */
  reset(): void {
    this.rows = 0
    this.batch++
    this.types = []
    this.sources = []
    this.moreCauses = []
    this.originalSizes = []
    this.keyframes = []
    this.late = []
    this.marks = []
    if (this.facets.length > 0) this.facetValues.fill(undefined)
  }

  private meta(emitted: number, attachments: AttachmentInfo[], types: StringTable, sources: StringTable): Batch['meta'] {
    return { producer: this.producer, batch: ++this.encoded, emitted, types, sources, attachments }
  }

  private facetColumns(): FacetColumn[] {
    const columns: FacetColumn[] = []
    this.facets.forEach((name, facet) => {
      columns.push(...facetColumns(name, this.facetValues, facet * BATCH_ROWS, this.rows))
    })
    return columns
  }
}

const NO_ROWS: Omit<Batch, 'meta'> = {
  count: 0,
  n: new Uint32Array(0),
  take: new Uint16Array(0),
  time: new Float64Array(0),
  type: new Uint16Array(0),
  source: new Uint16Array(0),
  kind: new Uint8Array(0),
  level: new Uint8Array(0),
  flags: new Uint8Array(0),
  via: new Uint8Array(0),
  causeN: new Uint32Array(0),
  causeKind: new Uint8Array(0),
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
  text: new Uint8Array(0),
}
