/** The SDK's public types. */
import type { CauseKind, FlagName, Kind, Level } from '@playhead/shared/model/event'
import type { EventId } from '@playhead/shared/model/id'
import type { HistoryExtension } from '../history/source'
import type { Transport } from '../link/connector'
import type { ReplayExtension } from '../recorder/replay-host'

export type { CauseKind, EventId, FlagName, Kind, Level }

export interface RecorderOptions {
  /** Shown in the panel. Default: the document's title. */
  name?: string
  /** The app's name, for the session's catalogue. */
  app?: string
  /** The app's version, the seed of its random numbers and its configuration (redacted like a payload): kept with the session, so that
   * two runs can be compared. */
  version?: string
  seed?: string | number
  config?: unknown
  /** False: every function of the recorder is inert and attached buses stay untouched. Default: true unless the bundler defines
   * `process.env.NODE_ENV` as `production`. */
  enabled?: boolean
  /** Events kept in the page. Default 10,000. */
  capacity?: number
  /** Bytes kept in the page. Default 16 MiB. */
  bufferBytes?: number
  /** Default `action`. */
  level?: Level
  /** Globs on types; exclude wins. */
  filters?: { include?: string[]; exclude?: string[] }
  /** Payload fields (top level) promoted to columns. */
  facets?: string[]
  redact?: RedactOptions | false
  limits?: Partial<EncodeLimits>
  /** Origins whose windows may open this page in a standalone panel. Default: the page's own. */
  panelOrigins?: string[]
  /** What the lean `createRecorder` of `@playhead/sdk/core` shall be able to do besides recording. */
  extensions?: Extension[]
}

/** Made by `history()`, `replay()` and `link()`. */
export type Extension = HistoryExtension | ReplayExtension | LinkExtension

/** The link to the panel, built in rather than loaded when a panel first offers itself. */
export interface LinkExtension {
  kind: 'link'
  transport: Transport
}

export interface RedactOptions {
  /** Further keys (text: the whole name in any case), at any depth, besides the built-in ones unless `defaults` is false. */
  keys?: (string | RegExp)[]
  defaults?: boolean
}

export interface EncodeLimits {
  /** Nesting of one payload. Default 32, at most 128. */
  depth: number
  /** Characters of one string. Default 32 Ki. */
  string: number
  /** Entries of one object, array, Map or Set. Default 5,000. */
  entries: number
  /** UTF-8 bytes of one payload's text. Default 128 Ki, at most 256 Ki. */
  total: number
}

export interface EventOptions {
  source?: string
  level?: Level
  kind?: Kind
  /** The event came from outside the app's logic. */
  input?: boolean
  /** Explicit cause or causes; the first is the main one. */
  causedBy?: EventId | EventId[]
}

/** What an attachment or middleware says about a type. */
export interface TypeInfo {
  level?: Level
  kind?: Kind
  input?: boolean
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

export interface ReplayedEvent {
  type: string
  source: string
  payload: unknown
}

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

/** An event as middleware sees it: `type` and everything else. */
export interface BusEvent {
  type: string
  [key: string]: unknown
}

export interface StateAccess<S = unknown> {
  get(): S
  /** Absent: the state can be looked at, not restored. A promise: what the app emits until it settles is the restoring's doing. */
  set?: (state: S) => unknown
}

/** Any schema of a library that follows Standard Schema (valibot, zod, arktype, …). Only synchronous validation counts. */
export interface StandardSchema {
  readonly '~standard': {
    readonly vendor: string
    readonly validate: (value: unknown) => unknown
    /** Standard JSON Schema, where the library has it. */
    readonly jsonSchema?: unknown
  }
}

export interface TypeDescription {
  /** Types of one category share icon and colour. Default: as the type's name begins. */
  category?: string
  description?: string
}

export interface ReplayHooks {
  /** Stop clocks, hold network effects. */
  start?: () => void
  end?: () => void
}

export interface Recorder {
  readonly enabled: boolean
  readonly id: string
  /** `(event, next) => next(event)`: put before the bus processes it. The event's payload is `event.payload` if there is one, else the event. */
  middleware(options?: AttachOptions): <E extends BusEvent, R>(event: E, next: (event: E) => R) => R
  /** Returns detach. Never throws: a bus it cannot attach to is reported once on the console. */
  attach(adapter: Adapter, options?: AttachOptions): () => void
  /** Records one event of the app's own; returns its id, or undefined if it was filtered. `source` defaults to `app`. */
  record(type: string, payload?: unknown, options?: EventOptions): EventId | undefined
  /** Runs `fn` with `cause` as the cause of what it emits: for work that goes on in another task. Returns fn's result. */
  within<R>(cause: EventId | undefined, fn: () => R): R
  /** Id of the event being dispatched now. */
  current(): EventId | undefined
  /** Registers a state; makes a keyframe now. Returns unregister. */
  state<S>(name: string, access: StateAccess<S>): () => void
  onReplay(hooks: ReplayHooks): () => void
  /** Registers the shape of a type's payloads. An event that does not fit is recorded all the same, and marked. Returns unregister. */
  schema(type: string, schema: StandardSchema, options?: { version?: string }): () => void
  /**
   * Says what types mean, for the panel's legend: `{ Settlement: { category: 'settlement', description: 'It settled in full.' } }`. A key
   * may be a glob (`'row:*'`); the latest word on a key counts.
   */
  describe(types: Readonly<Record<string, TypeDescription>>): void
  /** Names a boundary of the app. A `baseline` is a trial that others are compared with. */
  mark(name: string, kind?: 'run' | 'phase' | 'trial' | 'baseline' | 'turn' | 'day' | 'custom', data?: unknown): void
  /**
   * Keeps a report, a picture, a trace: whatever belongs to this moment and is no event. Of at most 16 MiB, as it is (nothing is redacted);
   * text becomes UTF-8; bytes are copied at once, a Blob is read soon after. `type`: media type, by default the Blob's, `text/plain` for
   * text, else none. The same bytes are stored once. Without a panel the latest 32 MiB wait in the page; of what is larger or had to go
   * the session knows name, type and size. Never throws: what is none of these is reported once on the console.
   */
  artifact(name: string, data: string | ArrayBuffer | Uint8Array | Blob, options?: { type?: string }): void
  /** Hands the recorder a port of a panel or of a page that relays. */
  acceptPort(port: MessagePort): void
  /** Detaches everything and closes the link. */
  dispose(): void
}

/** A recorder that can also look back. */
export interface RecorderWithHistory extends Recorder {
  readonly history: History
}

/** What `getEvents` looks for; every given part must hold. */
export interface HistoryQuery {
  /** Globs on the type; any may match. */
  type?: string | string[]
  source?: string | string[]
  /** ms on the producer's clock (`performance.now()`), inclusive. */
  from?: number
  to?: number
  /** This level and those before it. */
  level?: Level
  /** Fields the payload must have with equal values; nested objects are compared in the same way. */
  payload?: Record<string, unknown>
  /** Default: the recording (0) and everything replayed. */
  take?: number
  /** The newest ones only. */
  limit?: number
}

export interface HistoryStatistics {
  /** Events given a number; of them in the buffer; known to be missing there (pushed out, paused). */
  emitted: number
  kept: number
  missing: number
  /** Bytes of the buffer. */
  bytes: number
  /** Artifacts in the page, their bytes, and how many had to go before a panel had them on disk. */
  artifacts: { kept: number; bytes: number; lost: number }
  /** ms on the producer's clock; 0 where nothing is kept. */
  from: number
  to: number
  /** Of the events kept. */
  byType: Record<string, number>
  bySource: Record<string, number>
  byLevel: Record<Level, number>
}

/**
 * The events still in the page's buffer, oldest first. Reading decodes batches: not for hot paths. Replaying from here and snapshots of
 * state (`replayEvents`, `jumpToEvent`, `getEventSnapshot`) are not part of it yet: the panel does both.
 */
export interface History {
  getEvents(query?: HistoryQuery): HistoryEvent[]
  /** Undefined: not in the buffer. */
  getEvent(id: EventId): HistoryEvent | undefined
  /** The chain of (main) causes, nearest first, as far as it is in the buffer. */
  causes(id: EventId): HistoryEvent[]
  /** Events directly caused by it. */
  effects(id: EventId): HistoryEvent[]
  statistics(): HistoryStatistics
}

/** One event of the buffer, decoded. */
export interface HistoryEvent {
  id: EventId
  n: number
  /** ms on the producer's clock (`performance.now()`). */
  time: number
  type: string
  source: string
  kind: Kind
  level: Level
  flags: FlagName[]
  take: number
  cause: EventId | undefined
  causeKind: CauseKind
  duration: number
  /** Revived as far as text can. */
  payload: unknown
}
