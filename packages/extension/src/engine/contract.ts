/**
 * What the panel may ask of the engine: types only, exposed over comlink. Every answer is plain data. Errors of the world (a bad
 * file, a full disk) are results with a message; a rejected promise is a bug of ours or a dead worker.
 */

import type { Filter } from '@playhead/shared/filter/filter'
import type { CauseKind, FlagName, Kind, Level } from '@playhead/shared/model/event'
import type { Gap } from '@playhead/shared/model/gap'
import type { SessionInfo } from '@playhead/shared/model/session'

export interface EngineApi {
  /** Opens the database and the catalogue; call once, first. */
  start(options: EngineOptions): Promise<EngineStatus>
  /** The listener (a comlink proxy) gets every notice from then on. */
  subscribe(listener: (notice: EngineNotice) => void): Promise<void>

  /** A link to a recorder exists; the hello follows as its first message. */
  linkOpened(link: LinkInfo): Promise<void>
  /** One message that arrived on the link, as it arrived: the engine validates it. ArrayBuffers transferred. */
  receive(link: number, message: unknown): Promise<void>
  linkClosed(link: number): Promise<void>
  /** Resolves when everything received so far is on disk. */
  flush(): Promise<void>

  setRecording(recording: boolean): Promise<void>
  /** Ends the live session and starts an empty one for the connected producers; `keep` false deletes the old one. */
  newSession(keep: boolean): Promise<void>
  listSessions(): Promise<SessionInfo[]>
  deleteSession(session: string): Promise<void>
  renameSession(session: string, name: string): Promise<void>
  /** The catalogue's record with its statistics: counted now for the live session, else at most once. Null: no such session. */
  summary(session: string): Promise<SessionInfo | null>
  /** Those of these artifacts whose bytes are here. */
  artifacts(refs: readonly string[]): Promise<string[]>
  /** Bytes of an artifact; null: they are not here, or no longer what they were. */
  artifact(ref: string): Promise<ArrayBuffer | null>
  /** Changes what the user says of a session; absent fields stay. */
  annotateSession(session: string, change: Annotation): Promise<void>
  /** From now on; what passes a bound goes at once. A change of `keep` begins a new session. */
  setRetention(retention: Retention): Promise<void>
  /** Deletes every session and all their data. */
  wipe(): Promise<void>

  /** Chooses what is shown; null = the live session. Replaces the previous view, whose pending results are dropped. */
  setView(spec: ViewSpec): Promise<ViewStatus>
  /** Items `from … from + count` of the current view in shown order (time, producer, n); fewer at the end. */
  rows(view: number, from: number, count: number, columns?: readonly ExtraColumn[]): Promise<RowPage>
  /** The event whose place every status tells from now on: what the user looks at stays there. */
  setAnchor(view: number, seq: number): Promise<void>
  /** Looks for events without leaving the others away; null ends it. The rows found say so. */
  find(session: string | null, filter: Filter | null): Promise<ViewStatus | null>
  /** The found event after or before this one by time, around the ends; -1: nothing was found. */
  findNext(seq: number, step: 1 | -1): Promise<number>
  /** The event of this one's type after or before it by time, around the ends; -1: the event is not there. */
  neighbour(session: string, seq: number, step: 1 | -1): Promise<number>
  /** Opens or closes the group that begins with this event. */
  openGroup(view: number, seq: number, open: boolean): Promise<void>
  /** seqs of the events at places `from … to` (inclusive), groups as all their events; at most 100,000. */
  seqs(view: number, from: number, to: number): Promise<number[]>
  /** The events as text for the clipboard, in the order given; as many as fit into some MB. */
  copy(session: string, seqs: readonly number[], form: 'json' | 'line'): Promise<{ text: string; events: number }>
  /** Position of the event in the view; -1 if it is not in it. */
  locate(view: number, seq: number): Promise<number>
  detail(session: string, seq: number): Promise<EventDetail | null>
  /** Chain of causes from the event's parent up to its root; then its direct effects (newest 500 at most). */
  relations(session: string, seq: number): Promise<Relations>
  /** The whole tree of causes and effects the event belongs to, as much of it as can be sent; null: it is not in the log. */
  causeTree(session: string, seq: number): Promise<CauseTree | null>
  /** At most 200 events in the order given, without those that are not in the log. */
  related(session: string, seqs: readonly number[]): Promise<RelatedEvent[]>
  /** seq of the event of the same type and take shown right before this one; -1: there is none. */
  previousOfType(session: string, seq: number): Promise<number>
  /** Every event of a take with this value: at most 200 from place `from` on, and all as dots. Null: another value was asked for. */
  entity(
    session: string,
    term: EntityTerm,
    take: number,
    page: { from: number; count: number; newestFirst: boolean },
  ): Promise<EntityPage | null>
  /** What the session's events were seen to have, most frequent first, bounded; null: no such session. Counts on at every call. */
  vocabulary(session: string): Promise<Vocabulary | null>
  /** seq of the event with this id; -1: it is not in the log. */
  seqOfEvent(session: string, id: string): Promise<number>
  /** Events of the recording over time, for the timeline; null: another call came meanwhile, or there is no such session. */
  density(request: DensityRequest): Promise<Density | null>
  /** seq of the view's event nearest to this session time (ms); -1: there is none. */
  nearest(view: number, time: number): Promise<number>
  /** What the payloads of each type look like, learned from the recording; reads on at every call. */
  fields(session: string): Promise<TypeFacts[]>
  /** Keyframes of a session, newest last; `json` only for the one asked for. */
  keyframes(session: string): Promise<KeyframeInfo[]>
  keyframe(session: string, key: string): Promise<string | null>

  /** Writes the session as a file; progress comes as notices. The blob may be backed by a file on disk. */
  exportSession(session: string, format?: ExportFormat): Promise<Outcome<{ blob: Blob; name: string; events: number }>>
  /**
   * One file, or the parts of one session in any order. `onDuplicate` says what to do when the session is already here, `onBadLine` what
   * to do with a line that cannot be read.
   */
  importSession(
    file: Blob | readonly File[],
    name: string,
    onDuplicate: OnDuplicate,
    onBadLine?: OnBadLine,
  ): Promise<ImportOutcome>
  /** Cancels the running export or import. */
  cancelTransfer(): Promise<void>

  planReplay(request: ReplayRequest): Promise<Outcome<ReplayPlan>>
  /** Starts the plan in the page of `link`. */
  startReplay(
    plan: number,
    link: number,
    options: { speed: number; paused: boolean },
  ): Promise<Outcome<{ take: number }>>
  controlReplay(op: 'pause' | 'resume' | 'step' | 'stop' | 'live'): Promise<void>
  setReplaySpeed(speed: number): Promise<void>
}

export type Outcome<T> = { ok: true; value: T } | { ok: false; message: string }
export interface ExportFormat {
  format: 'json' | 'jsonl' | 'csv'
  gzip: boolean
}
export type OnDuplicate = 'ask' | 'replace' | 'copy'
/** `stop`: import what is before it. */
export type OnBadLine = 'ask' | 'stop' | 'skip'
export type ImportOutcome =
  | { ok: true; session: string; events: number; warnings: string[] }
  | { ok: false; duplicate: SessionInfo }
  /** The first bad line, and the events before it; nothing was changed. */
  | { ok: false; badLine: { message: string; where: string; events: number } }
  /** `where`: line and column, or the path in the document. */
  | { ok: false; message: string; where: string }

export interface EngineOptions {
  /** Name of the IndexedDB database. */
  database: string
  /** False: nothing is written to disk (private windows). */
  persistent: boolean
  /** Visible capacity of one session in events; whole chunks go when it is passed. */
  maxEvents: number
  /** Bytes of payload text kept raw in memory; older text is read from disk when needed. */
  textBudget: number
}

/** What is kept at most; 0: no bound. `age` in ms, `bytes` as stored. */
export interface Bounds {
  events: number
  bytes: number
  age: number
}

export interface Retention {
  /** `memory`: until the panel is closed; `none`: the live session only, and it goes when it ends. */
  keep: 'disk' | 'memory' | 'none'
  /** Of the session that records: its oldest events go. */
  session: Bounds
  /** Of all sessions together: the oldest ones go, pinned ones stay. */
  total: Bounds
  /** Bytes of payload text kept in memory as it is; the rest is on disk or compressed. Absent: as `start` said. */
  textBudget?: number
}

export interface Annotation {
  pinned?: boolean
  tags?: string[]
  note?: string
  /** Ids of events. */
  bookmarks?: string[]
}

/** What goes when a bound is passed next. */
export interface NextToGo {
  what: 'session' | 'oldest events'
  id: string
}

export interface LinkInfo {
  link: number
  /** Browser run and tab. */
  tab: string
  origin: string
  frame: 'top' | 'frame'
}

export type EngineNotice =
  | { t: 'status'; status: EngineStatus }
  | { t: 'view'; view: ViewStatus }
  | { t: 'found'; found: ViewStatus }
  /** To be sent to the page on this link, as it is. */
  | { t: 'send'; link: number; message: unknown }
  | { t: 'sessions' }
  | { t: 'transfer'; progress: TransferProgress }
  | { t: 'replay'; replay: ReplayStatus }
  /** Something the user should know; not an answer to a call. */
  | { t: 'problem'; message: string }

export interface EngineStatus {
  /** The live session, null before the first hello. */
  session: SessionInfo | null
  recording: boolean
  links: {
    link: number
    producer: string
    name: string
    url: string
    title: string
    origin: string
    frame: 'top' | 'frame'
  }[]
  /** Of the live session. */
  events: number
  missing: number
  /** Highest seq appended, and highest seq on disk; -1 = none. */
  lastSeq: number
  persistedSeq: number
  /** Events/s over the last second. */
  rate: number
  /** ms between an event's time and its arrival, newest batch. */
  lag: number
  /** Bytes of columns and text: in memory, and of the session on disk. */
  memory: number
  disk: number
  /** Of the live session: chunks whose text is compressed, and those whose text is not (yet). */
  compressedChunks: number
  rawChunks: number
  /** Bytes that compressing took off its text, and bytes of its text in memory, compressed or not. */
  savedBytes: number
  textInMemory: number
  /** `memory`: by choice or private window; `degraded`: the disk refused, see `problem`. */
  storage: 'persistent' | 'memory' | 'degraded'
  problem: string
  retention: Retention
  /** All sessions together, and what the browser grants this origin (bytes); as of some seconds ago. */
  kept: { sessions: number; events: number; bytes: number; quota: number; usage: number }
  next: NextToGo | null
  /** Messages that failed validation and were dropped. */
  rejected: number
  /** Share of the last second this worker was busy with its own work, 0–1. */
  busy: number
}

export interface ViewSpec {
  /** Null: the live session, following it when it changes. */
  session: string | null
  filter: Filter
  /** Default: by time, oldest first. */
  sort?: Sort
  /** Consecutive events of the same type and source as one item. */
  group?: boolean
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

export type Row = EventRow | GapRow

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

export interface GapRow {
  item: 'gap'
  gap: Gap
  producer: number
  time: number
}

export interface EventDetail extends EventRow {
  producerName: string
  /** Epoch ms. */
  wall: number
  causeId: string | null
  causeType: string | null
  moreCauses: { id: string; kind: CauseKind; seq: number }[]
  /** Tagged JSON text; null: the text is not available (corrupt or lost). */
  payload: string | null
  /** Bytes before the payload was cut; null: whole. */
  originalBytes: number | null
  facets: Record<string, string | number>
  via: string
}

export interface Relations {
  causes: RelatedEvent[]
  /** The topmost known cause is itself outside the log. */
  outside: boolean
  effects: RelatedEvent[]
  effectsTotal: number
}
/**
 * Causes and effects depth first, one entry an event in each column: an event's effects follow it, `sizes` of them with all they brought
 * about. By first causes; only a cut of a very large tree, in which the event, its causes and what is near to them are never missing.
 */
export interface CauseTree {
  seqs: Uint32Array
  /** 0: the root. */
  depths: Uint32Array
  /** Events below it: in these columns, and in the log. */
  sizes: Uint32Array
  descendants: Uint32Array
  /** Session time, ms. */
  times: Float64Array
  /** Indexes into `typeNames`; `kinds` (how the cause is known) into `kindNames`. */
  types: Uint16Array
  kinds: Uint8Array
  /** 1: a handler of it threw. */
  threw: Uint8Array
  typeNames: string[]
  kindNames: CauseKind[]
  /** Events of the tree in the log. */
  total: number
  /** The cause of the root is outside the log. */
  outside: boolean
}

export type EntityTerm =
  | { key: 'facet'; name: string; value: string | number }
  | { key: 'payload'; path: readonly string[]; value: string | number | boolean | null }

export interface EntityPage {
  total: number
  /** Place of the first of `events` in the order asked for. */
  from: number
  events: RelatedEvent[]
  /** The most frequent types, most events first; the name is empty for all others together. */
  types: NameCount[]
  /** One dot stands for `count` events of a lane (index into `types`) that lie close together, `seq` and `time` are its first one's. */
  dots: { lane: number; time: number; seq: number; count: number }[]
  firstTime: number
  lastTime: number
}

export interface RelatedEvent {
  seq: number
  type: string
  source: string
  time: number
  summary: string
}
/** What payloads of one type look like. */
export interface TypeFacts {
  type: string
  events: number
  /** Events that did not fit the shape the app registered. */
  misfits: number
  /** Payloads that were read for it. */
  read: number
  fields: { path: string; kinds: string[]; seen: number; firstSeq: number; isNew: boolean }[]
  /** Fields beyond the bound. */
  others: number
}
export interface DensityRequest {
  session: string
  /** Session time, ms, both inclusive. */
  from: number
  to: number
  /** Equal parts of that stretch, at most 4,096. */
  buckets: number
  /** Group of each type, by type id; a group is a number below 63. */
  groups: readonly number[]
  lanes: 'none' | 'producer' | 'source'
}
export interface Density {
  from: number
  to: number
  buckets: number
  /** The last group is of the types that the request had none for. */
  groups: number
  /** Events by bucket, and in it by group. */
  counts: Uint32Array
  /** Events by bucket for which `is:error` holds. */
  errors: Uint32Array
  /** By time; near ones as one. */
  gaps: DensityGap[]
  /** By bucket; at most 12, and one for the rest. */
  lanes: DensityLane[]
  /** Of the whole session: time of the first and last event (0 and 0: there is none), events by type id. */
  first: number
  last: number
  byType: Uint32Array
  /** Names of the types that the request had no group for, in the order of their ids. */
  types: string[]
}
export interface DensityGap {
  from: number
  to: number
  count: number
}
/** `others`: it stands for so many lanes; 0: it is one. */
export interface DensityLane {
  name: string
  others: number
  counts: Uint32Array
}
export interface NameCount {
  name: string
  count: number
}
/** Counts are of the recording; what only a replay has counts 0. */
export interface Vocabulary {
  types: NameCount[]
  sources: NameCount[]
  /** All there are, in their order. */
  levels: NameCount[]
  kinds: NameCount[]
  /** By name: several may share one. */
  producers: NameCount[]
  /** Names of phases, with how many there are. */
  marks: NameCount[]
  takes: { take: number; name: string; count: number }[]
  facets: FacetNames[]
}
export interface FacetNames {
  name: string
  /** That have the facet. */
  events: number
  /** At most 100 of those that are text, and how many there are; `counted` false: there are more still. */
  texts: NameCount[]
  different: number
  counted: boolean
  /** By value; none where there are more than 100. */
  numbers: { value: number; count: number }[]
  range: { min: number; max: number } | null
}
export interface KeyframeInfo {
  key: string
  state: string
  producer: string
  afterN: number
  take: number
  time: number
  why: string
  bytes: number
}

export interface TransferProgress {
  what: 'export' | 'import'
  events: number
  /** Of the file itself. */
  bytes: number
  /** 0: not known. */
  totalBytes: number
  totalEvents: number
  /** Bytes of text, before or after compression. */
  text: number
  /** ms since it began. */
  elapsed: number
  done: boolean
}

export interface ReplayRequest {
  session: string
  /** Null: from the session's first keyframe. Otherwise the steps begin with the first root at or after this event. */
  fromSeq: number | null
  /** Null: to the end. */
  toSeq: number | null
  mode: 'roots' | 'all' | 'isolated'
  /** Changed payloads (JSON text) by seq: a what-if. */
  edits: { seq: number; payload: string }[]
  /** Types to treat as consequences although their cause is unknown. */
  consequences: string[]
}

/** What a replay will do, and what it cannot do, before it starts. */
export interface ReplayPlan {
  plan: number
  steps: number
  expectations: number
  /** Recorded length, ms. */
  duration: number
  keyframes: string[]
  origin: string
  cannot: { reason: 'observe-only' | 'not whole' | 'no attachment'; count: number; types: string[] }[]
  /** Roots whose cause is unknown, by type. */
  unknownRoots: NameCount[]
  warnings: string[]
}

export interface ReplayStatus {
  state: 'idle' | 'seeking' | 'playing' | 'paused' | 'stepping' | 'done' | 'failed'
  plan: number
  take: number
  applied: number
  total: number
  skipped: number
  speed: number
  reason: string
  /** seq of the recorded event applied last. */
  seq: number
  divergence: Divergence | null
  /** How the state at the end compares with the recorded one; null until done, or without registered state. */
  outcome: { equal: boolean; differences: { state: string; path: string; recorded: string; replayed: string }[] } | null
}

/** The first event of the replay that is not the recorded one. */
export interface Divergence {
  kind: 'differs' | 'missing' | 'extra'
  /** seq of the recorded event, -1 for an extra one; seq of the replayed event, -1 for a missing one. */
  recorded: number
  replayed: number
  message: string
}
