/** What it takes to record one more kind of bus: write an `Adapter`, call the `Tap` that it is given. */
import type { Kind, Level } from '@playhead/shared/model/event'

/** How one kind of bus is recorded and replayed. Adapters make these; `recorder.attach` takes them. */
export interface Adapter {
  name: string
  /** Starts recording through `tap`; returns what puts the bus back as it was. Must not change listener order or counts. */
  connect(tap: Tap): () => void
  /** Emits a recorded event on the bus, as in `AttachOptions`; absent: observe-only. */
  replay?: (event: ReplayedEvent) => unknown
  /** The adapter listens instead of wrapping: no duration, no cause for what listeners emit before it hears. */
  observeOnly?: boolean
}

/** What an adapter calls when its bus emits. */
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
  /** Default: the adapter's name. */
  source?: string
  /** Globs on types that come from outside the app's logic. */
  inputs?: string[]
  describe?: (type: string) => TypeInfo | undefined
  /** Emits a recorded event again; replaces the adapter's own. A promise holds the next step, and the replay's end, until it settles:
   * for an app that emits in a later task than it was asked in. */
  replay?: (event: ReplayedEvent) => unknown
  /** Restores what a payload lost (truncated, redacted, a function) before it is emitted; undefined = cannot. */
  revive?: (event: ReplayedEvent) => unknown
}

/** What an attachment or middleware says about a type. */
export interface TypeInfo {
  level?: Level
  kind?: Kind
  input?: boolean
}
