import { CAUSE_KINDS, KINDS, LEVELS } from '../model/event'
import { MAX_N } from '../model/id'

export type ColumnArray = Uint8Array | Uint16Array | Uint32Array | Float32Array | Float64Array

/**
 * What the numbers of a column are. It decides how they are checked when a container is read, and what happens to them when a batch is
 * taken into the log:
 *
 *     any      every number the array can hold          copied
 *     within   least … most, and a number               copied
 *     clock    ms, finite                               the producer's clock becomes session time
 *     ids      every one is in a table of the meta      the batch's ids become those of the session
 *     ends     byte offsets, never going down           moved behind the text that the chunk has already
 */
export type ColumnValues =
  | { are: 'any' }
  | { are: 'within'; least: number; most: number }
  | { are: 'clock' }
  | { are: 'ids'; of: 'types' | 'sources' | 'producers' }
  | { are: 'ends' }

/** What must be known of a column. */
export interface ColumnSpec {
  /** Kind of the column's section; the numbers are shared with `Section`. */
  section: number
  array:
    | Uint8ArrayConstructor
    | Uint16ArrayConstructor
    | Uint32ArrayConstructor
    | Float32ArrayConstructor
    | Float64ArrayConstructor
  /** When a row gets it: among the page's rows, when these become a batch, or when a batch is taken into the log. */
  since: 'page' | 'batch' | 'log'
  values: ColumnValues
}

const ANY = { are: 'any' } as const

/**
 * The columns of events, each with one number per row, in the order in which a container holds them:
 *
 *     page's rows ── numbers are counted: n ──▶ batch ── the session knows its producers: producer ──▶ chunk of the log
 *
 * Everything that holds columns derives from this table: the types (`Columns`), the page's rows, batches and chunks in memory, their
 * encoding, decoding and checking, the way from a batch into the log, and all sizes in bytes. A column that is all zeros is left out of
 * a container and read as zeros, so that 0 has to mean "none" or "not known" in a new one, and files from before it stay readable.
 *
 * To add a column, add an entry with the lowest section number that neither this table nor `Section` uses, then run
 * `npm run typecheck`: it fails at every place that fills columns and does not fill the new one. CONTRIBUTING.md has the steps.
 */
export const COLUMNS = {
  /** The event's number in its producer. */
  n: { section: 2, array: Uint32Array, since: 'batch', values: { are: 'within', least: 1, most: MAX_N } },
  take: { section: 4, array: Uint16Array, since: 'page', values: ANY },
  /** ms, in a batch on the producer's clock, in a chunk on the session's. */
  time: { section: 5, array: Float64Array, since: 'page', values: { are: 'clock' } },
  type: { section: 6, array: Uint16Array, since: 'page', values: { are: 'ids', of: 'types' } },
  source: { section: 7, array: Uint16Array, since: 'page', values: { are: 'ids', of: 'sources' } },
  /** Index into KINDS. */
  kind: { section: 8, array: Uint8Array, since: 'page', values: { are: 'within', least: 0, most: KINDS.length - 1 } },
  /** Index into LEVELS. */
  level: { section: 9, array: Uint8Array, since: 'page', values: { are: 'within', least: 0, most: LEVELS.length - 1 } },
  /** Bits of `Flag`. */
  flags: { section: 10, array: Uint8Array, since: 'page', values: ANY },
  /** Number of the attachment that recorded the event, 0 = none. */
  via: { section: 11, array: Uint8Array, since: 'page', values: ANY },
  /** n of the cause in the same producer, 0 = none. */
  causeN: { section: 12, array: Uint32Array, since: 'page', values: { are: 'within', least: 0, most: MAX_N } },
  /** Index into CAUSE_KINDS. */
  causeKind: {
    section: 13,
    array: Uint8Array,
    since: 'page',
    values: { are: 'within', least: 0, most: CAUSE_KINDS.length - 1 },
  },
  /** ms of the dispatch, 0 = below the clock's grain or not known. */
  duration: {
    section: 15,
    array: Float32Array,
    since: 'page',
    values: { are: 'within', least: 0, most: Number.MAX_VALUE },
  },
  /** `payloadEnds[row]` is where the row's text ends, `payloadEnds[row - 1]` (or 0) where it starts; bytes. */
  payloadEnds: { section: 16, array: Uint32Array, since: 'page', values: { are: 'ends' } },
  /** Code of the producer in the session. */
  producer: { section: 3, array: Uint16Array, since: 'log', values: { are: 'ids', of: 'producers' } },
} as const satisfies Record<string, ColumnSpec>

export type ColumnName = keyof typeof COLUMNS
type Since<Stage> = {
  [K in ColumnName]: (typeof COLUMNS)[K]['since'] extends Stage ? K : never
}[ColumnName]
/** Columns that the page fills for every event. */
export type PageColumn = Since<'page'>
/** Columns that every container of events has. */
export type BatchColumn = Since<'page' | 'batch'>
/** Columns that only chunks have. */
export type LogColumn = Since<'log'>

/** The arrays of these columns, by name. */
export type Columns<K extends ColumnName = ColumnName> = { [N in K]: (typeof COLUMNS)[N]['array']['prototype'] }
/** The numbers that one row has in these columns. */
export type RowValues<K extends ColumnName = ColumnName> = { [N in K]: number }
