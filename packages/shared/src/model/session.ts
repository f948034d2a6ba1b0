import type { ProducerId } from './id'

/** An attachment of the recorder to one bus of the page. An event's column `via` holds the id of the attachment that recorded it. */
export interface AttachmentInfo {
  /** 1 to 255. In the column, 0 stands for `record()`. */
  id: number
  /** Name of the adapter, and the source of the events that it records. */
  name: string
  source: string
  /** False: the bus is only observed, and its events cannot be emitted again. */
  replay: boolean
}

/** A payload field at the top level that the recorder makes a column of. */
export interface FacetSpec {
  name: string
}

/** One document or worker that records, a lane of the session. */
export interface ProducerInfo {
  id: ProducerId
  /** The name that was given to `createRecorder`. */
  name: string
  url: string
  title: string
  /** Where it runs: the top document of a tab, a frame, a worker, or Node. */
  context: 'top' | 'frame' | 'worker' | 'node'
  /** Version of the SDK. */
  sdk: string
  /** Epoch ms at which the producer's clock was 0. */
  timeOrigin: number
  /** ms that are added to the producer's clock to get session time. */
  offset: number
  /** The n before the producer's first event in this session: 0, or the last n of the session before that it recorded into. */
  base: number
  /** The highest n that is known to have been emitted. */
  emitted: number
  attachments: AttachmentInfo[]
}

/** What a mark stands for. `baseline` is a trial that others are compared with, `artifact` something that the app kept (model/artifact). */
export const MARK_KINDS = [
  'navigation',
  'run',
  'phase',
  'trial',
  'turn',
  'day',
  'custom',
  'baseline',
  'artifact',
] as const

/** A named boundary of the app or of the recording. */
export interface Mark {
  /** Session time in ms; on the wire, ms on the producer's clock. */
  time: number
  kind: (typeof MARK_KINDS)[number]
  name: string
  producer: ProducerId
  /** n of the last event before the mark; 0 where there is none. */
  afterN: number
  /** What the app said of the mark, as JSON text. */
  data?: string
}

/** One execution inside a session. */
export interface Take {
  /** 0 is the recording. */
  take: number
  /** `away`: what the app emitted by itself while it was being replayed into. */
  kind: 'recording' | 'replay' | 'away'
  name: string
  /** Session time in ms at which it started. */
  started: number
  /** seq of the first and of the last event that a replay plays, where it plays events of this session. */
  fromSeq?: number
  toSeq?: number
}

/** The shape that an app registered for the payloads of one type. */
export interface SchemaInfo {
  type: string
  version: string
  /** The library that made it: `valibot`, `zod`, … */
  vendor: string
  /** JSON Schema as text; empty where the library cannot convert to it. */
  shape: string
}

/**
 * What an app says of the types of its events. `type` may be a glob (`row:*`). Types of one category share icon and colour; where it is
 * empty, the beginning of the type's name counts as the category.
 */
export interface DescriptionInfo {
  type: string
  category: string
  description: string
}

/** What an app says of its present run. */
export interface SessionAbout {
  version: string
  /** The seed of its random numbers. */
  seed: string
  /** Its configuration as JSON text, and the SHA-256 of that in hexadecimal. Both are empty where it gave none. */
  config: string
  configHash: string
}

/** Counts of the visible events of the recording (take 0). */
export interface Statistics {
  events: number
  /** Types and sources, most frequent first, at most STATISTICS_NAMES of each. `others` are the events of all further types. */
  types: [name: string, count: number][]
  sources: [name: string, count: number][]
  others: number
  /** Events by level, in the order of LEVELS. */
  levels: number[]
  /** Session time in ms of the first and of the last event. */
  first: number
  last: number
  /** Events in each of 120 equal intervals from `first` to `last`; empty where there are no events. */
  rate: number[]
  /** Bytes of payload text of all events. */
  payload: number
}

/** Statistics list at most so many types, and so many sources. */
export const STATISTICS_NAMES = 200

/** Everything that is known of one session besides its events, gaps and keyframes: its record in the catalogue. */
export interface SessionInfo {
  /** A ULID. */
  id: string
  name: string
  origin: string
  url: string
  title: string
  app: string
  /** Names the tab in one run of the browser. A new page of the same tab and origin may continue the session. */
  tab: string
  /** Epoch ms at which session time is 0. */
  started: number
  /** Epoch ms of the last change. */
  updated: number
  /** True: no recorder will continue it by itself. */
  ended: boolean
  /** True: it was read from a file. */
  imported: boolean
  /** True: it was not ended properly and was rebuilt from the disk. */
  recovered: boolean
  producers: ProducerInfo[]
  marks: Mark[]
  takes: Take[]
  /** Visible events of all takes. */
  events: number
  /** Events that are known to be missing: the sum of all gaps. */
  missing: number
  /** Bytes of columns and text that are stored, on disk or, without one, in memory. */
  bytes: number
  /** What the app said of its run. */
  about?: SessionAbout
  /** The shape that was registered last for each type. */
  schemas?: SchemaInfo[]
  /** What was said last of each type or glob, in the order of registration. */
  descriptions?: DescriptionInfo[]
  /** It was read from a file for which only some events were chosen, of so many. */
  excerpt?: { events: number; of: number }
  /** User agent of the browser that recorded. */
  browser?: string
  /** Counted when the session ended, or when somebody first asked after it had ended. */
  statistics?: Statistics
  /** True: the bounds of the retention policy never remove it. */
  pinned?: boolean
  /** What the user wrote about it. */
  tags?: string[]
  note?: string
  /** Ids of the events that have a bookmark. */
  bookmarks?: string[]
}

/** A full state at one moment: what `get()` of a registered state returned right after the event `afterN`. */
export interface Keyframe {
  producer: ProducerId
  /** n of the last event before it; 0 where it was made before the first. */
  afterN: number
  take: number
  /** Session time in ms; on the wire, ms on the producer's clock. */
  time: number
  /** Name of the state. */
  state: string
  /** The state as tagged JSON text (values/tags). */
  json: string
  /**
   * `start`: when the state was registered · `request`: when the engine asked · `end`: at the end of a replay, before the live state
   * returned.
   */
  why: 'start' | 'request' | 'end'
}
