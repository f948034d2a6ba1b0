import type { Level } from '../model/event'
import type { ProducerId } from '../model/id'
import type { AttachmentInfo, DescriptionInfo, FacetSpec, SchemaInfo } from '../model/session'

/**
 * Messages from a page to the engine. They go over the link: the recorder's MessagePort, the frame's extension port, the engine's worker.
 */
export type FromPage =
  | HelloMessage
  | BatchMessage
  | SchemasMessage
  | DescribeMessage
  | ArtifactMessage
  | PongMessage
  | ReplayReport

/** Messages from the engine to a page, over the same link. */
export type ToPage =
  | WelcomeMessage
  | AckMessage
  | KeptMessage
  | PingMessage
  | ConfigureMessage
  | KeyframeRequest
  | ReplayCommand
  | ClosedMessage

/** The first message on every link: who records, what the buffer has, and the clock. A hello on another link replaces the old link. */
export interface HelloMessage {
  t: 'hello'
  wire: number
  producer: ProducerId
  /** Names of the recorder and of the app, and version of the SDK. */
  name: string
  app: string
  sdk: string
  url: string
  origin: string
  title: string
  context: 'top' | 'frame' | 'worker' | 'node'
  /** Epoch ms at which the producer's clock was 0. */
  timeOrigin: number
  /** ms on the producer's clock, and epoch ms on the wall clock, at this moment. */
  now: number
  wall: number
  level: Level
  facets: FacetSpec[]
  attachments: AttachmentInfo[]
  /** Names of the registered states. */
  states: string[]
  /** The highest n so far; 0 before the first event. */
  emitted: number
  /** The lowest n in the buffer; 0 where the buffer is empty. */
  oldest: number
  /** What the app says of its run: version, seed of its random numbers, configuration as JSON text. Absent where it says nothing. */
  about?: { version: string; seed: string; config: string }
  /** An earlier page of this tab and origin that went away with events unsent, and how far it had got: the rest is a gap. */
  previous: { producer: ProducerId; emitted: number; sent: number } | null
  /** Eight zero bytes, which arrive as something else where the transport does not carry ArrayBuffers. */
  probe: ArrayBuffer
}

/** One encoded batch (wire/batch-encode), transferred. */
export interface BatchMessage {
  t: 'batch'
  data: ArrayBuffer
}

/** The shapes of types: sent after the hello, and when the app registers further ones. */
export interface SchemasMessage {
  t: 'schemas'
  schemas: SchemaInfo[]
}

/** Descriptions of types: sent after the hello, and when the app describes further ones. */
export interface DescribeMessage {
  t: 'describe'
  types: DescriptionInfo[]
}

/**
 * The bytes of one artifact, transferred. The mark that names it travels in a batch; where the page cannot hash, `ref` is empty and the
 * engine sets the mark from `name`, `type`, `time` and `afterN`. May come again over another link.
 */
export interface ArtifactMessage {
  t: 'artifact'
  /** Number of the artifact in its recorder. */
  id: number
  /** SHA-256 of `data` in hexadecimal, or empty. */
  ref: string
  name: string
  type: string
  /** When the app gave it, in ms on the producer's clock, and the n of the last event before that. */
  time: number
  afterN: number
  data: ArrayBuffer
}

/** The answer to a ping, with both clocks as in the hello. */
export interface PongMessage {
  t: 'pong'
  id: number
  now: number
  wall: number
  /** The highest n so far. */
  accepted: number
}

/** The answer to a hello. The page sends every event after `accepted` that is in its buffer. */
export interface WelcomeMessage {
  t: 'welcome'
  wire: number
  session: string
  accepted: number
  persisted: number
  recording: boolean
  /** The level to record from now on; null for the recorder's own. */
  level: Level | null
}

/**
 * Everything up to n = `accepted` was taken in, everything up to `persisted` is on disk. Both are equal in sessions that live in memory.
 */
export interface AckMessage {
  t: 'ack'
  accepted: number
  persisted: number
}

/** The artifact with this number is on disk, and the page need not keep its bytes. Never sent in sessions that live in memory only. */
export interface KeptMessage {
  t: 'kept'
  id: number
}

/** Asks for a pong. A recorder that hears nothing for 5,000 ms takes the link for dead. */
export interface PingMessage {
  t: 'ping'
  id: number
}

/** Lets the recorder go on or pause, and sets its level as in the welcome. */
export interface ConfigureMessage {
  t: 'configure'
  recording: boolean
  level: Level | null
}

/** Asks for a keyframe of every registered state. */
export interface KeyframeRequest {
  t: 'keyframe'
}

/** The other end goes away. The link is dead, and what was not acknowledged stays in the buffer. */
export interface ClosedMessage {
  t: 'closed'
}

/** One recorded event that the page has to emit again. */
export interface ReplayStep {
  /** n of the recorded event. */
  n: number
  /** ms after the start of the replay, at speed 1. */
  at: number
  type: string
  source: string
  /** Id of the attachment that recorded it, and emits it. */
  via: number
  /** The payload as tagged JSON text. */
  payload: string
}

/** What the engine tells a page to replay. `run` is the number of the replay: what belongs to another one is ignored. */
export type ReplayCommand =
  | {
      t: 'replay'
      op: 'start'
      run: number
      /** The take of everything that the steps cause, and the take of what the app emits by itself meanwhile. */
      take: number
      away: number
      /** How many steps there are; they follow in commands with `op: 'steps'`. */
      total: number
      /** Factor on the recorded pace; 0 is as fast as possible. */
      speed: number
      paused: boolean
      /** `roots`: steps are roots · `all`: and recorded consequences · `isolated`: as `all`, and the app's own emissions are held back. */
      mode: 'roots' | 'all' | 'isolated'
      /** The page must be of this origin. */
      origin: string
      /** States to restore before the first step, as tagged JSON text. */
      states: { state: string; json: string }[]
    }
  | { t: 'replay'; op: 'steps'; run: number; index: number; steps: ReplayStep[] }
  | { t: 'replay'; op: 'pause' | 'resume' | 'step' | 'stop' | 'live'; run: number }
  | { t: 'replay'; op: 'speed'; run: number; speed: number }

/**
 * How far the replay in a page is. `want`: it needs further steps, from number `applied` on · `done`: every step was emitted, and the page
 * shows the final state until the command `live` or `stop` · `live`: the live state is back · `failed`: the replay could not begin or go
 * on, and the live state is back.
 */
export interface ReplayReport {
  t: 'replay'
  op: 'started' | 'want' | 'progress' | 'paused' | 'playing' | 'done' | 'live' | 'failed'
  run: number
  /** Steps that were emitted so far; with `want`, steps that arrived. */
  applied: number
  /** Steps that could not be emitted; `reason` says why the first could not. */
  skipped: number
  reason: string
}
