/** What it takes to record one more kind of bus: write an `Adapter`, call the `Tap` that it is given. */
import type { Kind, Level } from '@playhead/shared/model/event'
import type { EventId } from '@playhead/shared/model/id'

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
  /**
   * The object that is recorded. A recorder that is attached to it already is not attached twice, and takes it over from an older recorder
   * of the same name, which a reloaded module left behind. Default: the adapter itself.
   */
  bus?: object
  /** Tells apart attachments to different parts of one bus. Default: there is one part. */
  part?: string
  /** Names what belongs together across tasks, as `AttachOptions.correlate` does. */
  correlate?: Correlate
}

/**
 * Returns a key that the events of one piece of work share: a request's id. The first event with a key causes the later ones, where nothing
 * else does. Undefined: the event belongs to no such work.
 */
export type Correlate = (event: { type: string; payload: unknown }) => string | number | undefined

/** The functions that an adapter calls when its bus emits. */
export interface Tap {
  /** The id of the recorder. */
  readonly recorder: string
  /** Records the event, then runs `dispatch` as its dispatch: what is emitted meanwhile is caused by it. Returns dispatch's result;
   * what it throws passes through. */
  around<R>(type: string, payload: unknown, dispatch: () => R, about?: EventAbout): R
  /** Records an event that was heard after or during its dispatch. Returns its id; undefined where it is not recorded. */
  heard(type: string, payload: unknown, about?: EventAbout): EventId | undefined
  /**
   * The first half of `around`, which takes less of the stack: records the event and begins its dispatch. Returns a token for `end`; 0 where
   * the event is not recorded (dispatch it, without `end`); a negative number where it is held back and must not be dispatched.
   */
  begin(type: string, payload: unknown, about?: EventAbout): number
  /** The second half. `threw`: the dispatch ended with an error. */
  end(token: number, threw: boolean): void
  /** Does what `end` does, for a dispatch that goes on in later tasks: returns a function that notes when it is over. */
  endLater(token: number): (threw: boolean) => void
  /** Counts events that the bus emitted and nobody saw. They become a gap. */
  missed(count: number): void
}

/** What an adapter says of one event. What it leaves out is as for any event of the attachment. */
export interface EventAbout {
  source?: string | undefined
  level?: Level | undefined
  kind?: Kind | undefined
  /** True: the event came from outside the app's logic. */
  input?: boolean | undefined
  /** The event's cause or causes; the first is the main one. Default: the event that is being dispatched. */
  causedBy?: EventId | EventId[] | undefined
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
  /** Names what belongs together across tasks; replaces the adapter's own. */
  correlate?: Correlate
}

/** What an attachment or middleware says about a type. */
export interface TypeInfo {
  level?: Level
  kind?: Kind
  input?: boolean
}
