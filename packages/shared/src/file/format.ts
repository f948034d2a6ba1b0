/**
 * The format of session files, version 1, as types: readers and writers are in the engine (transfer/). Everything is written by name, and
 * events are referred to by id only. A reader leaves out members that it does not know.
 *
 * `.json` is one document. `format` and `version` come first, `events` after everything that events refer to:
 *
 *     { "format": "playhead/session", "version": 1, "session": {…}, "snapshots": […], "gaps": […], "events": […] }
 *
 * `.jsonl` is one JSON object a line. The header comes first, the order of the others is that of the log; a file may be cut at any
 * newline, and a session may go on in further files (parts), each with a header of its own. Where headers differ, the latest counts; a
 * snapshot may come again in later parts, a gap or an event may not:
 *
 *     {"format":"playhead/session","version":1,"session":{…},"part":1}
 *     {"snapshot":{…}}
 *     {"gap":{…}}
 *     {"id":…,"time":…,"type":…,…,"payload":…}
 *     {"end":{"events":1}}
 *
 * Both may be gzip'd (`.json.gz`, `.jsonl.gz`). `.csv` is written only: a table for spreadsheets.
 */
import type { CauseKind, FlagName, Kind, Level } from '../model/event'
import type { GapReason } from '../model/gap'
import type { AttachmentInfo, DescriptionInfo, SchemaInfo } from '../model/session'

export const FILE_FORMAT = 'playhead/session'
export const FILE_VERSION = 1

/** A `.json` file. */
export interface SessionFile {
  format: typeof FILE_FORMAT
  version: number
  session: FileSession
  snapshots: FileSnapshot[]
  gaps: FileGap[]
  /** Absent: the session has none. */
  artifacts?: FileArtifact[]
  events: FileEvent[]
  /** As in `FileHeader`. */
  part?: number
}

/** The first line of a `.jsonl` file. */
export interface FileHeader {
  format: typeof FILE_FORMAT
  version: number
  session: FileSession
  /** Place of this file among the parts of its session, from 1 without holes. Without it the times of the events tell the place. */
  part?: number
  /**
   * Artifacts of the session. They stand in headers of their own behind the first, of which `session` has the id only, so that a reader that
   * knows no artifacts passes them by.
   */
  artifacts?: FileArtifact[]
}

/** Every line of a `.jsonl` file after the header. An event is not wrapped in an object, so that tools can filter by its members. */
export type FileLine = FileEvent | { snapshot: FileSnapshot } | { gap: FileGap } | FileEnd

/** The last line, with the number of events before it. Where it is missing, the file was cut, or its writer did not come to an end. */
export interface FileEnd {
  end: { events: number }
}

/** What a file says of its session; fields are those of `SessionInfo`. */
export interface FileSession {
  id: string
  name: string
  app: string
  origin: string
  url: string
  title: string
  /** The moment of session time 0, as ISO 8601 in UTC with ms. */
  started: string
  /** User agent of the browser that recorded; absent where it is not known. */
  browser?: string
  /** What the app said of its run, its configuration as JSON text. */
  about?: { version: string; seed: string; config: string; configHash: string }
  /** The shapes that the app registered, each as JSON text. */
  schemas?: SchemaInfo[]
  /** What the app says of the types of its events. */
  descriptions?: DescriptionInfo[]
  /** What the user wrote about the session. */
  tags?: string[]
  note?: string
  /** Ids of the events that have a bookmark. */
  bookmarks?: string[]
  producers: FileProducer[]
  takes: { take: number; kind: string; name: string; started: number; from?: string; to?: string }[]
  /** Only some events were chosen for the file, of so many. Absent: all are there. */
  excerpt?: { events: number; of: number }
  /** The `data` of a mark of kind `artifact` is `{ ref, type, bytes }`, where `ref` is the SHA-256. */
  marks: { time: number; kind: string; name: string; producer: string; afterN: number; data?: unknown }[]
}

/** The bytes of an artifact, to which a mark of kind `artifact` refers by `ref`, their SHA-256. Without `base64` they are left out. */
export interface FileArtifact {
  ref: string
  type: string
  bytes: number
  base64?: string
}

/** A producer; fields are those of `ProducerInfo`. */
export interface FileProducer {
  id: string
  name: string
  url: string
  title: string
  context: string
  sdk: string
  /** Epoch ms at which the producer's clock was 0, and ms that are added to that clock to get session time. */
  timeOrigin: number
  offset: number
  base: number
  emitted: number
  attachments: AttachmentInfo[]
}

/** A keyframe; fields are those of `Keyframe`. */
export interface FileSnapshot {
  producer: string
  afterN: number
  take: number
  time: number
  state: string
  why: string
  /** The state as tagged JSON (values/tags). */
  value: unknown
}

/** A gap; fields are those of `Gap`. */
export interface FileGap {
  producer: string
  fromN: number
  toN: number
  reason: GapReason
  from: number
  to: number
}

/** A number that JSON cannot write, in the way of values/tags. */
export interface TaggedNumber {
  $ph: 'number'
  v: 'Infinity' | '-Infinity' | '-0'
}

/** One event. Members that are absent have the value that their comment names. */
export interface FileEvent {
  /** The event's id, which names its producer and its n (model/id). */
  id: string
  /** The time as ISO 8601 in UTC, for people. A reader takes `t`. */
  time: string
  /** Session time in ms, exact. */
  t: number
  type: string
  source: string
  kind: Kind
  level: Level
  /** Absent: 0, the recording. */
  take?: number
  /** Absent: none. */
  flags?: FlagName[]
  /** Absent: 0. */
  via?: number
  /** Absent: no cause is known. The first is the main one. */
  causes?: { id: string; kind: CauseKind }[]
  /** ms that the dispatch took; absent: 0. */
  duration?: number
  /** Absent: none. */
  facets?: Record<string, string | number | TaggedNumber>
  /** Bytes that the payload had before it was cut, -1 where that is not known; absent: the payload is whole. */
  originalBytes?: number
  /** The id that the event brought from elsewhere; absent: it brought none. */
  foreignId?: string
  artifacts?: string[]
  patches?: { state: string; patch: unknown }[]
  /** The payload as tagged JSON (values/tags). */
  payload: unknown
}
