/** What is looked at: one list of events, and what is looked for among them. */

import type { Filter } from '@playhead/shared/filter/filter'
import type { CauseKind, FlagName, Kind, Level } from '@playhead/shared/model/event'
import type { Gap } from '@playhead/shared/model/gap'
import type { MatchDensity, MatchRequest } from './density'

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

export interface ViewApi {
  /** Chooses what is shown; session null = the live one. Replaces the previous view, whose pending results are dropped. */
  show(spec: ViewSpec): Promise<ViewStatus>
  /** Items `from … from + count` of the current view in shown order (time, producer, n); fewer at the end. */
  rows(view: number, from: number, count: number, columns?: readonly ExtraColumn[]): Promise<RowPage>
  /** The event whose place every status tells from now on: what the user looks at stays there. */
  setAnchor(view: number, seq: number): Promise<void>
  /** Looks for events without leaving the others away; null ends it. The rows found say so. */
  find(session: string | null, filter: Filter | null): Promise<ViewStatus | null>
  /** The found event after or before this one by time, around the ends; -1: nothing was found. */
  findNext(seq: number, step: 1 | -1): Promise<number>
  /** Opens or closes the group that begins with this event. */
  openGroup(view: number, seq: number, open: boolean): Promise<void>
  /** Makes room for so many lines below an event; 0: none. Null: `view` is not shown any more. */
  unfold(view: number, seq: number, lines: number): Promise<ViewStatus | null>
  /** seqs of the events at places `from … to` (inclusive), groups as all their events; at most 100,000. */
  seqs(view: number, from: number, to: number): Promise<number[]>
  /** Position of the event in the view; -1 if it is not in it. */
  locate(view: number, seq: number): Promise<number>
  /** seq of the view's event nearest to this session time (ms); -1: there is none. */
  nearest(view: number, time: number): Promise<number>
  /** What was found so far, over time; null: another call came meanwhile, or the view is another one. */
  matchDensity(request: MatchRequest): Promise<MatchDensity | null>
}
