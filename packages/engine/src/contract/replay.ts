/** Replays recorded events into a page that is connected. */

import type { Outcome } from './outcome'
import type { NameCount } from './vocabulary'

/** Says which events of which session are to be replayed, and how. */
export interface ReplayRequest {
  session: string
  /** Null: the steps begin at the session's first keyframe. Otherwise they begin with the first root at or after this event. */
  fromSeq: number | null
  /** The last event that is replayed; null: the session's last. */
  toSeq: number | null
  /**
   * `roots` emits roots and expects the page to emit what followed from them · `all` emits recorded consequences too · `isolated` emits as
   * `all` does, and holds back what the page emits by itself.
   */
  mode: 'roots' | 'all' | 'isolated'
  /** Payloads (JSON text) to emit in place of the recorded ones, by seq: a what-if. */
  edits: { seq: number; payload: string }[]
  /** Types whose events are expected from the page, although their cause is unknown, and not emitted. */
  consequences: string[]
}

/** Says before a replay starts what it will do, and what it cannot do. */
export interface ReplayPlan {
  /** Number of the plan, for `start`. */
  plan: number
  /** Events that will be emitted, and events that the page is expected to emit because of them. */
  steps: number
  expectations: number
  /** ms from the first step to the last, as recorded. */
  duration: number
  /** Names of the states that are restored before the first step. */
  keyframes: string[]
  /** Only a page of this origin can be replayed into. */
  origin: string
  /** Roots that cannot be emitted, by reason: they were only observed, their payload is not whole, or their attachment is not there. */
  cannot: { reason: 'observe-only' | 'not whole' | 'no attachment'; count: number; types: string[] }[]
  /** Roots that are no known inputs, by type: perhaps they have a cause that was not recorded. */
  unknownRoots: NameCount[]
  /** Sentences for the user. */
  warnings: string[]
}

/** How far the replay is. */
export interface ReplayStatus {
  state: 'idle' | 'seeking' | 'playing' | 'paused' | 'stepping' | 'done' | 'failed'
  plan: number
  /** The take that the replay's events are recorded in. */
  take: number
  /** Steps that were emitted, of how many in all, and steps that could not be. */
  applied: number
  total: number
  skipped: number
  /** Factor on the recorded pace: 2 waits half as long between two steps; 0 does not wait. */
  speed: number
  /** Why the replay failed; empty where it did not. */
  reason: string
  /** seq of the recorded event that was emitted last; -1 before the first. */
  seq: number
  divergence: Divergence | null
  /** The state at the end beside the recorded one; null until the replay is done, or where no state is registered. */
  outcome: { equal: boolean; differences: { state: string; path: string; recorded: string; replayed: string }[] } | null
}

/** The first event of the replay that is not the recorded one. */
export interface Divergence {
  kind: 'differs' | 'missing' | 'extra'
  /** seq of the recorded event; -1 where the page emitted one too many. */
  recorded: number
  /** seq of the replayed event; -1 where the page did not emit it. */
  replayed: number
  message: string
}

/** `stop` (while it runs) and `live` (when it is done) both end the replay and restore the state that the page had before it. */
export type ReplayControl = 'pause' | 'resume' | 'step' | 'stop' | 'live'

export interface ReplayApi {
  /** Makes a plan. It replaces the plan made before. */
  plan(request: ReplayRequest): Promise<Outcome<ReplayPlan>>
  /** Starts the plan in the page of `link`. Refuses where another replay runs, or the page is of another origin. */
  start(plan: number, link: number, options: { speed: number; paused: boolean }): Promise<Outcome<{ take: number }>>
  /** Does nothing where no replay runs. */
  control(command: ReplayControl): Promise<void>
  setSpeed(speed: number): Promise<void>
}
