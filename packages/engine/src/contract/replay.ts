/** Replays into the page of a link. */

import type { Outcome } from './outcome'
import type { NameCount } from './vocabulary'

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

export type ReplayControl = 'pause' | 'resume' | 'step' | 'stop' | 'live'

export interface ReplayApi {
  plan(request: ReplayRequest): Promise<Outcome<ReplayPlan>>
  /** Starts the plan in the page of `link`. */
  start(plan: number, link: number, options: { speed: number; paused: boolean }): Promise<Outcome<{ take: number }>>
  control(command: ReplayControl): Promise<void>
  setSpeed(speed: number): Promise<void>
}
