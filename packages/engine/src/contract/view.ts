import type { Filter } from '@playhead/shared/filter/filter'
import type { CauseKind, FlagName, Kind, Level } from '@playhead/shared/model/event'
import type { Gap } from '@playhead/shared/model/gap'

export interface ViewSpec {
  /** Null: the live session, following it when it changes. */
  session: string | null
  filter: Filter
  /** Default: by time, oldest first. */
  sort?: Sort
  /** Consecutive events of the same type and source as one item. */
  group?: boolean
  /** Events below which there is room for lines of their payload: at most 100, with at most 200 lines each. */
  unfolded?: readonly { seq: number; lines: number }[]
  /** seq of the event whose place the status tells from the start. */
  anchor?: number
}

/** Equal ones by time; those without a value last. */
export interface Sort {
  by: 'time' | SortKey
  descending: boolean
}

export type SortKey =
  | 'seq'
  | 'type'
  | 'source'
  | 'level'
  | 'kind'
  | 'duration'
  | 'size'
  | 'producer'
  | { facet: string }

/** A column that a page of rows brings besides its own. */
export type ExtraColumn = { facet: string } | { payload: readonly string[] }

export interface ViewStatus {
  view: number
  session: string | null
  /** Counts up whenever rows may have moved or changed. */
  version: number
  /** Events tested so far, matches so far, gaps shown. */
  scanned: number
  total: number
  matched: number
  gaps: number
  /** What the list holds: events, gaps, groups of events. */
  items: number
  /** The anchor, and its place or that of what follows it; -1: none. */
  anchorSeq: number
  anchor: number
  done: boolean
  /** Session time of the first and last item, ms; 0 when empty. */
  firstTime: number
  lastTime: number
  /** Why what was found is not all; empty: it is. */
  problem: string
}

export interface RowPage {
  view: number
  version: number
  from: number
  items: Row[]
}

export type Row = EventRow | GapRow | LineRow

export interface EventRow {
  item: 'event'
  seq: number
  producer: number
  n: number
  /** Session time, ms. */
  time: number
  type: string
  source: string
  kind: Kind
  level: Level
  flags: FlagName[]
  take: number
  /** seq of the cause; -1: outside the log; -2: none known. */
  cause: number
  causeKind: CauseKind
  /** ms */
  duration: number
  /** Bytes of payload text. */
  size: number
  /** First characters of the payload text. */
  summary: string
  id: string
  /** What was asked for besides, as text; empty: there is none. */
  extra?: string[]
  /** It is one of those looked for. */
  found?: boolean
  /** It stands for so many events of its type, up to this time, or (`open`) is the first of them. */
  repeats?: { count: number; until: number; open: boolean }
}

/** Room below an unfolded event for a line of its payload. */
export interface LineRow {
  item: 'line'
  seq: number
  line: number
  /** Of the event. */
  time: number
}

export interface GapRow {
  item: 'gap'
  gap: Gap
  producer: number
  time: number
}
