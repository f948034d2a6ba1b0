/** Shows one filtered list of events, and finds events in it. */

import type { Filter } from '@playhead/shared/filter/filter'
import type { CauseKind, FlagName, Kind, Level } from '@playhead/shared/model/event'
import type { Gap } from '@playhead/shared/model/gap'
import type { MatchDensity, MatchRequest } from './density'

/** Chooses what the list shows. */
export interface ViewSpec {
  /** Null: the live session, whichever is live from then on. */
  session: string | null
  filter: Filter
  /** Default: the list is sorted by time, oldest first. */
  sort?: Sort
  /** True: consecutive events of the same type and source are one item. */
  group?: boolean
  /** Events below which the list has room for lines of their payload: at most 100 events, at most 200 lines each. */
  unfolded?: readonly { seq: number; lines: number }[]
  /** seq of the event whose place every status tells, as `setAnchor` does. */
  anchor?: number
}

/** The order of the list. Events with equal values stand in the order of time, those without a value last. */
export interface Sort {
  by: 'time' | SortKey
  descending: boolean
}

/** What events can be sorted by besides time. */
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

/** A column that a page of rows has in addition: a facet, or the payload's field at a path. */
export type ExtraColumn = { facet: string } | { payload: readonly string[] }

/** How far a view is, and what it holds. */
export interface ViewStatus {
  /** Number of the view; every `show` makes a new one. */
  view: number
  session: string | null
  /** Counts up whenever rows may have moved or changed: rows read before are stale. */
  version: number
  /** Events tested so far, of how many; events that passed; gaps that are shown. */
  scanned: number
  total: number
  matched: number
  gaps: number
  /** Rows of the list: events, groups of events, gaps and lines. */
  items: number
  /** seq of the anchor, and its place in the list or, where it is not in it, the place of what follows it. -1 where there is none. */
  anchorSeq: number
  anchor: number
  /** True: every event was tested, and the list is sorted. */
  done: boolean
  /** Session time in ms of the first and the last item; 0 where the list is empty. */
  firstTime: number
  lastTime: number
  /** Why some matching events may not have been found (a regular expression took too long, text was lost); empty where all were. */
  problem: string
}

/** Rows of one version of a view. `from` is the place of the first. */
export interface RowPage {
  view: number
  version: number
  from: number
  items: Row[]
}

export type Row = EventRow | GapRow | LineRow

/** An event as the list shows it. */
export interface EventRow {
  item: 'event'
  seq: number
  /** Code of the producer: its index in the session's list of producers. */
  producer: number
  n: number
  /** Session time in ms. */
  time: number
  type: string
  source: string
  kind: Kind
  level: Level
  flags: FlagName[]
  take: number
  /** seq of the cause; -1 where the cause is not in the log, -2 where none is known. */
  cause: number
  causeKind: CauseKind
  /** ms that the dispatch took; 0 where that is not known. */
  duration: number
  /** Bytes of payload text. */
  size: number
  /** The first 500 characters of the payload's text. */
  summary: string
  id: string
  /** The additional columns that were asked for, as text; an empty text where the event has no such value. */
  extra?: string[]
  /** True: the event is one of those that `find` looks for. */
  found?: boolean
  /**
   * The row begins a group of `count` events, the last at `until` (session time in ms). Where the group is `open`, the others follow as
   * rows.
   */
  repeats?: { count: number; until: number; open: boolean }
}

/** Room for one line of the payload of the unfolded event above it. */
export interface LineRow {
  item: 'line'
  seq: number
  line: number
  /** Session time of the event in ms. */
  time: number
}

/** A gap at its place in the order of time; `time` is session time in ms. */
export interface GapRow {
  item: 'gap'
  gap: Gap
  producer: number
  time: number
}

export interface ViewApi {
  /** Shows another list. It replaces the view before, whose outstanding answers are dropped. */
  show(spec: ViewSpec): Promise<ViewStatus>
  /** Returns up to `count` rows from place `from` on; none where `view` is not shown any more. */
  rows(view: number, from: number, count: number, columns?: readonly ExtraColumn[]): Promise<RowPage>
  /** Chooses the event whose place every status tells from now on, so that the list can keep it where the user looks. */
  setAnchor(view: number, seq: number): Promise<void>
  /** Marks the rows of the events that pass `filter`; the others stay in the list. Null ends it. */
  find(session: string | null, filter: Filter | null): Promise<ViewStatus | null>
  /** Returns the seq of the next (1) or previous (-1) found event by time, around the ends; -1 where nothing was found. */
  findNext(seq: number, step: 1 | -1): Promise<number>
  /** Opens or closes the group that begins with this event. */
  openGroup(view: number, seq: number, open: boolean): Promise<void>
  /** Makes room for so many lines below an event; 0 folds it. Returns null where `view` is not shown any more. */
  unfold(view: number, seq: number, lines: number): Promise<ViewStatus | null>
  /** Returns the seqs of the events at places `from` to `to` (inclusive), for a group those of all its events; at most 100,000. */
  seqs(view: number, from: number, to: number): Promise<number[]>
  /** Returns the place of an event in the list; -1 where it is not in it. */
  locate(view: number, seq: number): Promise<number>
  /** Returns the seq of the event in the list nearest to a session time (ms); -1 where there is none. */
  nearest(view: number, time: number): Promise<number>
  /**
   * Counts the events of the view, or those found, over time; null where another call came meanwhile, or the view is not shown any more.
   */
  matchDensity(request: MatchRequest): Promise<MatchDensity | null>
}
