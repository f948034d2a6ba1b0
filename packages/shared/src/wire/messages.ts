import type { Level } from '../model/event'
import type { ProducerId } from '../model/id'
import type { AttachmentInfo, DescriptionInfo, FacetSpec, SchemaInfo } from '../model/session'

/** Page → engine, over the link (one MessagePort per recorder, one extension port per frame, then the worker). */
export type FromPage =
  | HelloMessage
  | BatchMessage
  | SchemasMessage
  | DescribeMessage
  | ArtifactMessage
  | PongMessage
  | ReplayReport

/** Engine → page. */
export type ToPage =
  | WelcomeMessage
  | AckMessage
  | KeptMessage
  | PingMessage
  | ConfigureMessage
  | KeyframeRequest
  | ReplayCommand
  | ClosedMessage

/** First message on every new link: who records, what it has, and its clock. A new hello replaces the old link. */
export interface HelloMessage {
  t: 'hello'
  wire: number
  producer: ProducerId
  name: string
  app: string
  sdk: string
  url: string
  origin: string
  title: string
  context: 'top' | 'frame' | 'worker' | 'node'
  /** Epoch ms at which the producer's clock was 0; ms on that clock now; epoch ms of the wall clock now. */
  timeOrigin: number
  now: number
  wall: number
  level: Level
  facets: FacetSpec[]
  attachments: AttachmentInfo[]
  states: string[]
  /** Highest number accepted so far, 0 = none yet. */
  emitted: number
  /** The oldest number still in the buffer, 0 = the buffer is empty. */
  oldest: number
  /** What the app says of itself: its version, the seed of its random numbers, its configuration as JSON text. Absent: nothing. */
  about?: { version: string; seed: string; config: string }
  /** What the buffer of an earlier producer of this tab and origin lost at unload: its counts, for the gap. */
  previous: { producer: ProducerId; emitted: number; sent: number } | null
  /** Eight zero bytes: arrives as something else where the transport does not carry ArrayBuffers. */
  probe: ArrayBuffer
}

/** `data` is one encoded batch (wire/batch), transferred. */
export interface BatchMessage {
  t: 'batch'
  data: ArrayBuffer
}

/** After the hello, and whenever the app registers further ones: the shapes of its types. */
export interface SchemasMessage {
  t: 'schemas'
  schemas: SchemaInfo[]
}

/** After the hello, and whenever the app says more of its types. */
export interface DescribeMessage {
  t: 'describe'
  types: DescriptionInfo[]
}

/**
 * The bytes of one artifact, transferred. The mark that names it travels in a batch; where the page cannot hash, `ref` is empty and the
 * engine sets the mark: then `name`, `type`, `time` and `afterN` are all it knows of it. May come again over another link.
 */
export interface ArtifactMessage {
  t: 'artifact'
  /** Number of the artifact in its recorder. */
  id: number
  /** SHA-256 of `data` in hexadecimal, or empty. */
  ref: string
  name: string
  type: string
  /** When it was recorded, on the producer's clock; and the last event before it. */
  time: number
  afterN: number
  data: ArrayBuffer
}

export interface PongMessage {
  t: 'pong'
  id: number
  now: number
  wall: number
  /** Cost of recording since the last pong: events accepted and µs spent in the recorder (sampled). */
  accepted: number
}

/** Answer to a hello. The page sends again everything after `accepted`. */
export interface WelcomeMessage {
  t: 'welcome'
  wire: number
  session: string
  accepted: number
  persisted: number
  recording: boolean
  /** Null: keep the recorder's own. */
  level: Level | null
}

/** `accepted`: taken in by the engine up to this number; `persisted`: on disk (equal to `accepted` in memory-only sessions). */
export interface AckMessage {
  t: 'ack'
  accepted: number
  persisted: number
}

/** The artifact is on disk: the page need not keep its bytes. Absent for sessions that live in memory only. */
export interface KeptMessage {
  t: 'kept'
  id: number
}

export interface PingMessage {
  t: 'ping'
  id: number
}

export interface ConfigureMessage {
  t: 'configure'
  recording: boolean
  level: Level | null
}

/** Asks for a keyframe of every registered state. */
export interface KeyframeRequest {
  t: 'keyframe'
}

/** The other end is going away: the link is dead, what was not acknowledged stays in the buffer. */
export interface ClosedMessage {
  t: 'closed'
}

/** One recorded event to emit again. */
export interface ReplayStep {
  /** Number of the recorded event in its producer. */
  n: number
  /** ms after the start of the replay at 1×. */
  at: number
  type: string
  source: string
  /** Attachment that recorded it. */
  via: number
  /** Tagged JSON text. */
  payload: string
}

export type ReplayCommand =
  | {
      t: 'replay'
      op: 'start'
      run: number
      /** Take of everything that the steps cause, and of what the app emits by itself meanwhile. */
      take: number
      away: number
      /** Steps in all; they follow in `steps` messages. */
      total: number
      /** 1 = as recorded, 0 = as fast as possible. */
      speed: number
      paused: boolean
      /** `all`: also re-emit recorded consequences · `isolated`: as `all`, the app's own emissions held back. */
      mode: 'roots' | 'all' | 'isolated'
      /** The page must be of this origin. */
      origin: string
      /** States to set before the first step, as tagged JSON text. */
      states: { state: string; json: string }[]
    }
  | { t: 'replay'; op: 'steps'; run: number; index: number; steps: ReplayStep[] }
  | { t: 'replay'; op: 'pause' | 'resume' | 'step' | 'stop' | 'live'; run: number }
  | { t: 'replay'; op: 'speed'; run: number; speed: number }

/**
 * `want`: send steps from `applied` on · `done`: all steps applied, the page shows the final state until `live` or `stop` ·
 * `live`: the live state is back · `failed`: could not start or go on, the live state is back.
 */
export interface ReplayReport {
  t: 'replay'
  op: 'started' | 'want' | 'progress' | 'paused' | 'playing' | 'done' | 'live' | 'failed'
  run: number
  /** Steps applied so far. */
  applied: number
  /** Steps that could not be emitted, with the first reason. */
  skipped: number
  reason: string
}
