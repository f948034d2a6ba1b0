import type { CauseKind, FlagName, Kind, Level } from '@playhead/shared/model/event'
import type { EventId } from '@playhead/shared/model/id'
import type { Adapter, AttachOptions } from './adapter'
import type { History } from './history'

export type { CauseKind, EventId, FlagName, Kind, Level }

export interface Recorder {
  readonly enabled: boolean
  readonly id: string
  /**
   * Returns a function to put before the bus: it records `event` and returns `next(event)`. The payload is `event.payload` if there is one,
   * else the whole event.
   */
  middleware(options?: AttachOptions): <E extends BusEvent, R>(event: E, next: (event: E) => R) => R
  /** Starts to record a bus; returns a function that stops it. Never throws: a bus it cannot attach to is reported once on the console. */
  attach(adapter: Adapter, options?: AttachOptions): () => void
  /** Records one event of the app's own; returns its id, or undefined if it was filtered. `source` defaults to `app`. */
  record(type: string, payload?: unknown, options?: EventOptions): EventId | undefined
  /** Runs `fn` with `cause` as the cause of what it emits: for work that goes on in another task. Returns fn's result. */
  within<R>(cause: EventId | undefined, fn: () => R): R
  /** Returns the id of the event that is being dispatched now. */
  current(): EventId | undefined
  /** Registers a state, records it at once as a keyframe, and returns a function that takes it out again. */
  state<S>(name: string, access: StateAccess<S>): () => void
  onReplay(hooks: ReplayHooks): () => void
  /**
   * Registers the shape of a type's payloads. An event that does not fit is recorded all the same, and marked. Returns a function that
   * takes it out again.
   */
  schema(type: string, schema: StandardSchema, options?: { version?: string }): () => void
  /**
   * Says what types mean, for the panel's legend: `{ Settlement: { category: 'settlement', description: 'It settled in full.' } }`. A key
   * may be a glob (`'row:*'`); the latest word on a key counts.
   */
  describe(types: Readonly<Record<string, TypeDescription>>): void
  /**
   * Says what values of the app's own are recorded as: `transform(value => value instanceof Money, money => money.toString())`. It is asked
   * of every object in a payload or state. Returns a function that takes it out again.
   */
  transform<T extends object>(test: (value: object) => boolean, make: (value: T) => unknown): () => void
  /** Names a boundary of the app. A `baseline` is a trial that others are compared with. */
  mark(name: string, kind?: 'run' | 'phase' | 'trial' | 'baseline' | 'turn' | 'day' | 'custom', data?: unknown): void
  /**
   * Keeps a report, a picture, a trace: whatever belongs to this moment and is no event. Of at most 16 MiB, as it is (nothing is redacted);
   * text becomes UTF-8; bytes are copied at once, a Blob is read soon after. `type`: media type, by default the Blob's, `text/plain` for
   * text, else none. The same bytes are stored once. Without a panel the latest 32 MiB wait in the page; of what is larger or had to go
   * the session knows name, type and size. Never throws: what is none of these is reported once on the console.
   */
  artifact(name: string, data: string | ArrayBuffer | Uint8Array | Blob, options?: { type?: string }): void
  /**
   * Sends what there is and waits until a panel has everything on its disk, for `timeout` ms at most (10,000 by default). Says what arrived;
   * it never rejects.
   */
  flush(options?: { timeout?: number }): Promise<Flushed>
  /** Makes a link of a port whose other end a panel has, or a page that passes its messages on to one. */
  acceptPort(port: MessagePort): void
  /** Sends what there is, detaches every bus and closes the link. */
  dispose(): void
}

/** What arrived of the events that were recorded before `flush` was called. */
export interface Flushed {
  /** Events that were given a number. */
  emitted: number
  /** Those of them that a panel has taken in, and has on its disk; those that are known to be missing count as arrived. */
  accepted: number
  persisted: number
  /** All of them are on a panel's disk. */
  complete: boolean
}

/** A recorder that can look back over the page's buffer. */
export interface RecorderWithHistory extends Recorder {
  readonly history: History
}

export interface EventOptions {
  source?: string
  level?: Level
  kind?: Kind
  /** True: the event came from outside the app's logic. */
  input?: boolean
  /** The event's cause or causes; the first is the main one. Default: the event that is being dispatched. */
  causedBy?: EventId | EventId[]
}

/** An event as middleware gets it: an object with a `type` and whatever else the app puts into it. */
export interface BusEvent {
  type: string
  [key: string]: unknown
}

export interface StateAccess<S = unknown> {
  get(): S
  /**
   * Restores a state. Without it the state can be looked at and not restored. Where it returns a promise, a replay waits until that
   * settles.
   */
  set?: (state: S) => unknown
}

/** Any schema of a library that follows Standard Schema (valibot, zod, arktype, …). Only synchronous validation counts. */
export interface StandardSchema {
  readonly '~standard': {
    readonly vendor: string
    readonly validate: (value: unknown) => unknown
    /** Converts to JSON Schema (Standard JSON Schema), where the library can. */
    readonly jsonSchema?: unknown
  }
}

export interface TypeDescription {
  /** Types of one category share icon and colour. Default: the beginning of the type's name. */
  category?: string
  description?: string
}

export interface ReplayHooks {
  /** Called before a replay begins: the app should stop its clocks and hold back what it sends to the network. */
  start?: () => void
  /** Called when the live state is back: the app goes on. */
  end?: () => void
}
