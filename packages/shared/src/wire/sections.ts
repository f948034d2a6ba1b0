import { COLUMNS } from './column-table'

/**
 * Kinds of section in a batch or chunk that hold no column, version 1. Those of columns stand in `COLUMNS` and are
 * taken from the same numbers. A reader keeps and skips kinds it does not know, and numbers are never reused. "Sparse" sections hold only
 * the rows they name.
 */
export const Section = {
  /** JSON: `BatchMeta` or `ChunkMeta`. Always first. */
  meta: 1,
  /** Sparse: further causes, and causes in other producers. */
  moreCauses: 14,
  /** UTF-8 of all payloads, one after the other. In a chunk it lies in the body, everything else in the head. */
  text: 17,
  /** One facet, as a column of codes and the texts that they stand for. There is a section for each. */
  facetText: 18,
  /** One facet, as a column of Float64, where NaN stands for no value. There is a section for each. */
  facetNumber: 19,
  /** Sparse: the change of one registered state by one event. */
  patches: 20,
  /** Keyframes: full states. */
  keyframes: 21,
  /** Sparse: ids that events brought from elsewhere. */
  foreignIds: 22,
  /** Sparse: references to artifacts, which are kept outside of the log. */
  artifacts: 23,
  /** Sparse: the bytes that a payload had before it was cut. */
  originalSizes: 24,
  /** Durations and flags that became known after the event's batch had left. */
  late: 25,
  /** Gaps that the producer knows of. */
  gaps: 26,
  /** Marks that the producer set. */
  marks: 27,
} as const

/** The names of all kinds this version knows, for messages. */
export const SECTION_NAMES: ReadonlyMap<number, string> = new Map([
  ...Object.entries(Section).map(([name, kind]): [number, string] => [kind, name]),
  ...Object.entries(COLUMNS).map(([name, { section }]): [number, string] => [section, name]),
])
