/**
 * Kinds of section in a batch or chunk, version 1. A reader keeps and skips kinds it does not know. Numbers are never reused.
 * "Column" sections hold one value per row; "sparse" ones only the rows they name.
 */
export const Section = {
  /** JSON: `BatchMeta` or `ChunkMeta`. Always first. */
  meta: 1,
  /** Column Uint32: the event's number in its producer. */
  n: 2,
  /** Column Uint16: code of the producer in the session (chunks only). */
  producer: 3,
  /** Column Uint16. */
  take: 4,
  /** Column Float64: ms, in a batch the producer's clock, in a chunk the session's. */
  time: 5,
  /** Column Uint16: id in the type table of the meta section. */
  type: 6,
  /** Column Uint16: id in the source table of the meta section. */
  source: 7,
  /** Column Uint8: index into KINDS. */
  kind: 8,
  /** Column Uint8: index into LEVELS. */
  level: 9,
  /** Column Uint8: bits of `Flag`. */
  flags: 10,
  /** Column Uint8: number of the attachment, 0 = none. */
  via: 11,
  /** Column Uint32: n of the cause in the same producer, 0 = none. */
  causeN: 12,
  /** Column Uint8: index into CAUSE_KINDS. */
  causeKind: 13,
  /** Sparse: further causes, and causes in other producers. */
  moreCauses: 14,
  /** Column Float32: ms of the dispatch, 0 = below the clock's grain or not known. */
  duration: 15,
  /** Column Uint32: byte offset in `text` at which the row's payload ends. */
  payloadEnds: 16,
  /** UTF-8 of all payloads, one after the other. In a chunk it lies in the body, everything else in the head. */
  text: 17,
  /** One section per facet: dictionary column of text. */
  facetText: 18,
  /** One section per facet: Float64 column, NaN = none. */
  facetNumber: 19,
  /** Sparse: the change of one registered state by one event. */
  patches: 20,
  /** Full states. */
  keyframes: 21,
  /** Sparse: ids of events that were not recorded by us. */
  foreignIds: 22,
  /** Sparse: references to artifacts kept outside the log. */
  artifacts: 23,
  /** Sparse: size in bytes before a payload was cut. */
  originalSizes: 24,
  /** Facts that came after the event's batch had left: duration and flags. */
  late: 25,
  /** Gaps the producer knows of. */
  gaps: 26,
  /** Marks the producer set. */
  marks: 27,
} as const
export type SectionKind = (typeof Section)[keyof typeof Section]
