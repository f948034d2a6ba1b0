import type { Gap } from '../model/gap'
import type { EventId, ProducerId } from '../model/id'
import type { AttachmentInfo, Keyframe, Mark } from '../model/session'
import type { BatchColumn, Columns, LogColumn } from './column-table'

/** The value of a text facet's code column that stands for "no value". */
export const NO_FACET = 0xffff

/** One facet of every row: text as a dictionary column, numbers as they are. A facet that has both comes as two columns. */
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
  /** Sections of kinds this version does not know, kept as they came. */
  unknown: UnknownSection[]
}

/** What every container of events has: one entry per row in each column of the table. */
export interface EventColumns extends Columns<BatchColumn>, EventExtras {
  count: number
}

/** A cause beyond the first, or in another producer. */
export interface MoreCause {
  row: number
  id: EventId
  /** Index into CAUSE_KINDS. */
  kind: number
}

/** The change of state `state` by the event in `row`, as JSON text. */
export interface Patch {
  row: number
  state: string
  json: string
}

export interface UnknownSection {
  kind: number
  version: number
  codec: number
  param: number
  rawLength: number
  bytes: Uint8Array
}

/** `[id, text]`: the strings a container's id column uses. */
export type StringTable = [id: number, text: string][]

/** What a batch says of itself, as JSON. Every batch names all the strings it uses, so each can be read alone. */
export interface BatchMeta {
  producer: ProducerId
  /** Counts the batches of the producer, from 1. */
  batch: number
  /** Highest number accepted by the recorder when the batch was closed. */
  emitted: number
  types: StringTable
  sources: StringTable
  attachments: AttachmentInfo[]
}

/** Duration (ms) and flags to add for an event whose batch had already left. */
export interface LateFact {
  n: number
  duration: number
  flags: number
}

/** One batch on the wire, decoded: columns are views into the buffer. */
export interface Batch extends EventColumns {
  meta: BatchMeta
  /** UTF-8 of all payloads. */
  text: Uint8Array
  keyframes: Keyframe[]
  late: LateFact[]
  gaps: Gap[]
  marks: Mark[]
}

/** What a stored chunk says of itself, as JSON: enough to rebuild every index from the chunks alone. */
export interface ChunkMeta {
  firstSeq: number
  sealed: boolean
  producers: [code: number, id: ProducerId][]
  types: StringTable
  sources: StringTable
}

/** One chunk of the log, decoded. `text` is stored apart (the body) and may be absent. */
export interface Chunk extends EventColumns, Columns<LogColumn> {
  meta: ChunkMeta
  text: Uint8Array | undefined
}
