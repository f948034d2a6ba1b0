/**
 * What the panel may ask of the engine: types only, exposed over comlink. Every answer is plain data. Errors of the world (a bad
 * file, a full disk) are results with a message; a rejected promise is a bug of ours or a dead worker.
 */

import type { Filter } from '@playhead/shared/filter/filter'
import type { FieldName } from '@playhead/shared/filter/seen'
import type { SessionInfo } from '@playhead/shared/model/session'
import type { CauseTree, EntityPage, EntityTerm, EventDetail, RelatedEvent, Relations } from './event'
import type { ReplayPlan, ReplayRequest } from './replay'
import type {
  Density,
  DensityRequest,
  FieldValues,
  FoundValues,
  KeyframeInfo,
  MatchDensity,
  MatchRequest,
  TypeFacts,
  Vocabulary,
} from './session'
import type { Annotation, EngineNotice, EngineOptions, EngineStatus, LinkInfo, Retention } from './status'
import type { ExportFormat, ImportOutcome, OnBadLine, OnDuplicate } from './transfer'
import type { ExtraColumn, RowPage, ViewSpec, ViewStatus } from './view'

export type * from './event'
export type * from './replay'
export type * from './session'
export type * from './status'
export type * from './transfer'
export type * from './view'

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
  /** Makes room for so many lines below an event; 0: none. Null: `view` is not shown any more. */
  unfold(view: number, seq: number, lines: number): Promise<ViewStatus | null>
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
    page: { from: number; count: number; newestFirst: boolean; of?: number },
  ): Promise<EntityPage | null>
  /** What the session's events were seen to have, most frequent first, bounded; null: no such session. Counts on at every call. */
  vocabulary(session: string): Promise<Vocabulary | null>
  /** Values of the field at this path of the payloads; null: another field was asked for meanwhile, or there is no such session. */
  fieldValues(session: string, path: readonly string[]): Promise<FieldValues | null>
  /**
   * As `fieldValues`, of a facet too, and of all events: only values that begin with `typed` in any case: looks on for a moment at every call, not at all while
   * something else is searched for.
   */
  valuesFrom(session: string, field: FieldName, typed: string): Promise<FoundValues | null>
  /** seq of the event with this id; -1: it is not in the log. */
  seqOfEvent(session: string, id: string): Promise<number>
  /** Events over time, for the timeline; null: another call came meanwhile, or there is no such session. */
  density(request: DensityRequest): Promise<Density | null>
  /** What was found so far, over time; null: another call came meanwhile, or the view is another one. */
  matchDensity(request: MatchRequest): Promise<MatchDensity | null>
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
