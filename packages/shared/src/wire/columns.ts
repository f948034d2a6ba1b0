import type { Gap } from '../model/gap'
import type { EventId, ProducerId } from '../model/id'
import type { AttachmentInfo, Keyframe, Mark } from '../model/session'
import type { BatchColumn, Columns, LogColumn } from './column-table'

/** The code that stands for no value in a column of a text facet. */
export const NO_FACET = 0xffff

/**
 * One facet of all rows. Texts are codes that index `values`; of numbers, NaN stands for no value. A facet that has texts and numbers comes
 * as two columns.
 */
export type FacetColumn =
  | { name: string; form: 'text'; values: string[]; codes: Uint16Array }
  | { name: string; form: 'number'; values: Float64Array }

/** What events have besides columns: facets, and sparse lists that name the rows they speak of. */
export interface EventExtras {
  facets: FacetColumn[]
  moreCauses: MoreCause[]
  patches: Patch[]
  foreignIds: { row: number; id: string }[]
  artifacts: { row: number; ref: string }[]
  originalSizes: { row: number; bytes: number }[]
  /** Sections of kinds that this version does not know, kept as they came. */
  unknown: UnknownSection[]
}

/** What every container of events has: one entry per row in each column of the table. */
export interface EventColumns extends Columns<BatchColumn>, EventExtras {
  count: number
}

/** A cause besides the main one, or a main cause in another producer. */
export interface MoreCause {
  row: number
  id: EventId
  /** Index in CAUSE_KINDS. */
  kind: number
}

/** How the event in `row` changed the registered state `state`, as JSON text. */
export interface Patch {
  row: number
  state: string
  json: string
}

/** A section of a kind that this version does not know; fields are those of `SectionData`. */
export interface UnknownSection {
  kind: number
  version: number
  codec: number
  param: number
  rawLength: number
  bytes: Uint8Array
}

/** The strings that a column of ids uses. */
export type StringTable = [id: number, text: string][]

/** What a batch says of itself, as JSON. A batch has every string that it uses, so that it can be read without others. */
export interface BatchMeta {
  producer: ProducerId
  /** Number of the batch in its producer, from 1. */
  batch: number
  /** The highest n when the batch was closed. */
  emitted: number
  types: StringTable
  sources: StringTable
  attachments: AttachmentInfo[]
}

/** What became known of an event after its batch had left: its duration in ms, and flags to be added. */
export interface LateFact {
  n: number
  duration: number
  flags: number
}

/** One batch, decoded. Columns are views into the buffer that came. */
export interface Batch extends EventColumns {
  meta: BatchMeta
  /** UTF-8 of all payloads. */
  text: Uint8Array
  keyframes: Keyframe[]
  late: LateFact[]
  gaps: Gap[]
  marks: Mark[]
}

/** What a stored chunk says of itself, as JSON. Every index of the log can be rebuilt from this and the columns. */
export interface ChunkMeta {
  firstSeq: number
  sealed: boolean
  producers: [code: number, id: ProducerId][]
  types: StringTable
  sources: StringTable
}

/** One chunk of the log, decoded. Its text is stored apart, in the body, and undefined where only the head was read. */
export interface Chunk extends EventColumns, Columns<LogColumn> {
  meta: ChunkMeta
  text: Uint8Array | undefined
}
