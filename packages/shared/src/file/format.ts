/**
 * Session files, version 1. Types only: readers and writers live in the engine. Everything is by name, events are referred to by id
 * only, unknown members are kept out but do not stop the reader.
 *
 * `.json` is one document. `format` and `version` come first, `events` after everything that events refer to:
 *
 *     { "format": "playhead/session", "version": 1, "session": {…}, "snapshots": […], "gaps": […], "events": […] }
 *
 * `.jsonl` is one JSON object a line. The header comes first, the order of the others is that of the log; a file may be cut at any
 * newline, and a session may go on in further files (parts), each with a header of its own. Of what headers tell the latest counts; a
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

export interface SessionFile {
  format: typeof FILE_FORMAT
  version: number
  session: FileSession
  snapshots: FileSnapshot[]
  gaps: FileGap[]
  events: FileEvent[]
}

/** The first line of a `.jsonl` file. */
export interface FileHeader {
  format: typeof FILE_FORMAT
  version: number
  session: FileSession
  /** Place of this file among the parts of its session, from 1 without holes; absent: the only one, or told by the times of its events. */
  part?: number
}

/** A line of a `.jsonl` file behind the header; an event is bare, so that tools can filter by its members. */
export type FileLine = FileEvent | { snapshot: FileSnapshot } | { gap: FileGap } | FileEnd

/** The last line: without it the file was cut, or its recorder was. */
export interface FileEnd {
  end: { events: number }
}

export interface FileSession {
  id: string
  name: string
  app: string
  origin: string
  url: string
  title: string
  /** ISO 8601 in UTC with ms; session time 0. */
  started: string
  /** User agent of the browser that recorded; absent: not known. */
  browser?: string
  /** What the app said of itself, its configuration as JSON text; absent: nothing. */
  about?: { version: string; seed: string; config: string; configHash: string }
  /** The shapes the app registered, each as JSON text; absent: none. */
  schemas?: SchemaInfo[]
  /** What the app says of its types; absent: nothing. */
  descriptions?: DescriptionInfo[]
  /** What the user says of it; absent: nothing. */
  tags?: string[]
  note?: string
  /** Ids of the events the user marked; absent: none. */
  bookmarks?: string[]
  producers: FileProducer[]
  takes: { take: number; kind: string; name: string; started: number; from?: string; to?: string }[]
  /** Bytes of artifacts are in no file: of kind `artifact`, `data` is `{ ref: SHA-256, type, bytes }` and nothing else is known of it. */
  marks: { time: number; kind: string; name: string; producer: string; afterN: number; data?: unknown }[]
}

export interface FileProducer {
  id: string
  name: string
  url: string
  title: string
  context: string
  sdk: string
  /** Epoch ms; and what is added to the producer's clock to get session time, ms. */
  timeOrigin: number
  offset: number
  base: number
  emitted: number
  attachments: AttachmentInfo[]
}

export interface FileSnapshot {
  producer: string
  afterN: number
  take: number
  time: number
  state: string
  why: string
  /** Tagged JSON (values/tags). */
  value: unknown
}

export interface FileGap {
  producer: string
  fromN: number
  toN: number
  reason: GapReason
  from: number
  to: number
}

/** What JSON has no number for, as values/tags write it. */
export interface TaggedNumber {
  $ph: 'number'
  v: 'Infinity' | '-Infinity' | '-0'
}

export interface FileEvent {
  /** Event id: producer and number (model/id). */
  id: string
  /** ISO 8601 in UTC, for people; `t` is what is read. */
  time: string
  /** Session time in ms, exact. */
  t: number
  type: string
  source: string
  kind: Kind
  level: Level
  /** Absent: the recording. */
  take?: number
  /** Absent: none. */
  flags?: FlagName[]
  /** Absent: 0. */
  via?: number
  /** Absent: unknown cause. The first is the main one. */
  causes?: { id: string; kind: CauseKind }[]
  /** ms; absent: 0. */
  duration?: number
  /** Absent: none. */
  facets?: Record<string, string | number | TaggedNumber>
  /** Size in bytes before the payload was cut, -1: not known; absent: whole. */
  originalBytes?: number
  /** Id the event had where it came from, where that is not ours. */
  foreignId?: string
  artifacts?: string[]
  patches?: { state: string; patch: unknown }[]
  /** Tagged JSON (values/tags). */
  payload: unknown
}
