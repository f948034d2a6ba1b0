import type { ProducerId } from './id'

/** An attachment of the recorder to one bus of the page, as the panel sees it. Its number is the `via` column of an event. */
export interface AttachmentInfo {
  /** 1–255; 0 stands for `record()` and buses without an attachment. */
  id: number
  name: string
  source: string
  /** False: observe-only, its events cannot be re-emitted. */
  replay: boolean
}

export interface FacetSpec {
  name: string
}

/** One document or worker that records: a lane of the session. */
export interface ProducerInfo {
  id: ProducerId
  /** The name given to `createRecorder`. */
  name: string
  url: string
  title: string
  /** `top`, `frame`, `worker` or `node`. */
  context: 'top' | 'frame' | 'worker' | 'node'
  sdk: string
  /** Epoch ms at which the producer's clock was 0. */
  timeOrigin: number
  /** Added to the producer's clock (ms) to get session time (ms). */
  offset: number
  /** Number before the producer's first event in this session: 0, or where a new session took over. */
  base: number
  /** Highest number known to have been emitted. */
  emitted: number
  attachments: AttachmentInfo[]
}

/** `baseline`: a trial that others are compared with · `artifact`: something the app kept at that moment (model/artifact). */
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
  /** Session time in ms. On the wire: the producer's clock. */
  time: number
  kind: (typeof MARK_KINDS)[number]
  name: string
  producer: ProducerId
  /** Number of the last event before the mark, 0 for none. */
  afterN: number
  /** JSON text. */
  data?: string
}

/** One execution inside a session. */
export interface Take {
  take: number
  kind: 'recording' | 'replay' | 'away'
  name: string
  /** Session time in ms at which it started. */
  started: number
  /** For a replay: seq of the first and last event replayed. */
  fromSeq?: number
  toSeq?: number
}

/** The shape an app registered for the payloads of one type. */
export interface SchemaInfo {
  type: string
  version: string
  /** Of the library that made it: `valibot`, `zod`, … */
  vendor: string
  /** JSON Schema as text, empty where the library does not tell. */
  shape: string
}

/** What an app says of its types. `type` may be a glob (`row:*`); `category` empty: as the type's name begins. */
export interface DescriptionInfo {
  type: string
  category: string
  description: string
}

/** What an app says of the run it is in. */
export interface SessionAbout {
  version: string
  /** Of its random numbers. */
  seed: string
  /** Its configuration as JSON text, empty where it gave none, and the SHA-256 of it in hexadecimal. */
  config: string
  configHash: string
}

/** Counts over the visible events of the recording (take 0). */
export interface Statistics {
  events: number
  /** Most frequent first, at most STATISTICS_NAMES of them; `others`: events of the rest. */
  types: [name: string, count: number][]
  sources: [name: string, count: number][]
  others: number
  /** In the order of LEVELS. */
  levels: number[]
  /** Session time of the first and last event, ms. */
  first: number
  last: number
  /** Events in each of equal intervals from `first` to `last`. */
  rate: number[]
  /** Bytes of payload text. */
  payload: number
}

export const STATISTICS_NAMES = 200

/** The catalogue's record of one session. */
export interface SessionInfo {
  /** ULID. */
  id: string
  name: string
  origin: string
  url: string
  title: string
  app: string
  /** Browser run and tab; together with `origin` it says which session a new page continues. */
  tab: string
  /** Epoch ms; session time 0. */
  started: number
  /** Epoch ms of the last thing stored. */
  updated: number
  ended: boolean
  /** Brought in from a file. */
  imported: boolean
  /** Was not ended properly and was rebuilt from the disk. */
  recovered: boolean
  producers: ProducerInfo[]
  marks: Mark[]
  takes: Take[]
  /** Events stored in the visible capacity, all takes. */
  events: number
  /** Events known to be missing (Σ gap counts). */
  missing: number
  /** Stored bytes: columns and text. */
  bytes: number
  /** What the app said of itself. */
  about?: SessionAbout
  /** The latest of each type. */
  schemas?: SchemaInfo[]
  /** The latest of each type or glob, in the order of their registration. */
  descriptions?: DescriptionInfo[]
  /** User agent of the browser that recorded. */
  browser?: string
  /** As of the session's end, or of when somebody last asked. */
  statistics?: Statistics
  /** Retention lets it be. */
  pinned?: boolean
  /** What the user says of it. */
  tags?: string[]
  note?: string
  /** Ids of the events the user marked. */
  bookmarks?: string[]
}

/** Full state at a moment: what `get()` of a registered state returned right after event `afterN`, as tagged JSON text. */
export interface Keyframe {
  producer: ProducerId
  /** Number of the last event before it, 0 = before the first. */
  afterN: number
  take: number
  /** Session time in ms. On the wire: the producer's clock. */
  time: number
  state: string
  json: string
  /** `start`: made when the state was registered · `request` · `end`: of a take, before the live state returned. */
  why: 'start' | 'request' | 'end'
}
