/** What it takes to record one more kind of bus: write an `Adapter`, call the `Tap` that it is given. */
import type { Kind, Level } from '@playhead/shared/model/event'

/** Says how one bus is recorded and replayed. The functions of the adapters make these; `recorder.attach` takes them. */
export interface Adapter {
  name: string
  /**
   * Starts to record through `tap` and returns a function that puts the bus back as it was. Must not change the order or number of
   * listeners.
   */
  connect(tap: Tap): () => void
  /** Emits a recorded event on the bus, as `AttachOptions.replay` does. Without it the bus can be recorded and not replayed. */
  replay?: (event: ReplayedEvent) => unknown
  /**
   * True: the adapter listens instead of wrapping. Its events have no duration, and what other listeners emit before it hears has no cause.
   */
  observeOnly?: boolean
}

/** The functions that an adapter calls when its bus emits. */
export interface Tap {
  /** Records the event, then runs `dispatch` as its dispatch: what is emitted meanwhile is caused by it. Returns dispatch's result;
   * what it throws passes through. */
  around<R>(type: string, payload: unknown, dispatch: () => R): R
  /** Records an event that was heard after or during its dispatch. */
  heard(type: string, payload: unknown): void
}

export interface ReplayedEvent {
  type: string
  source: string
  payload: unknown
}

export interface AttachOptions {
  /** Says who emits the events. Default: the adapter's name. */
  source?: string
  /** Globs on the types whose events come from outside the app's logic (a user, a clock, the network). A replay emits these again. */
  inputs?: string[]
  describe?: (type: string) => TypeInfo | undefined
  /** Returns what is recorded of an event, of the arguments that its listeners get. Nothing of it is read but what this returns. */
  payload?: (...args: never[]) => unknown
  /** Emits a recorded event again; replaces the adapter's own. A promise holds the next step, and the replay's end, until it settles:
   * for an app that emits in a later task than it was asked in. */
  replay?: (event: ReplayedEvent) => unknown
  /**
   * Restores what a payload lost (it was truncated or redacted, or held a function) before it is emitted. Returns undefined where it
   * cannot.
   */
  revive?: (event: ReplayedEvent) => unknown
}

/** What an attachment or middleware says about a type. */
export interface TypeInfo {
  level?: Level
  kind?: Kind
  input?: boolean
}
