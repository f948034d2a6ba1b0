import type { Level } from '@playhead/shared/model/event'
import type { Extension } from './extensions'

export interface RecorderOptions {
  /** Names the recorder in the panel. Default: the document's title. */
  name?: string
  /** Names the app in the list of sessions. */
  app?: string
  /** The app's version, the seed of its random numbers and its configuration (redacted like a payload). They are kept with the session, so
   * that two runs can be compared. */
  version?: string
  seed?: string | number
  config?: unknown
  /** False: every function of the recorder is inert and attached buses stay untouched. Default: true unless the bundler defines
   * `process.env.NODE_ENV` as `production`. */
  enabled?: boolean
  /** The page keeps so many events; older ones go. Default 10,000. */
  capacity?: number
  /** The page keeps so many bytes of events; older ones go. Default 16 MiB. */
  bufferBytes?: number
  /** Events of this level and of those before it are recorded (`milestone` comes first, `detail` last). Default `action`. */
  level?: Level
  /**
   * Globs on the types that are recorded, and on those that are not; what both match is not recorded. A list alone says what is recorded.
   * Default: all types are.
   */
  filters?: { include?: string | string[]; exclude?: string | string[] } | string | string[]
  /** Names of payload fields, at the top level, that become columns of the log: filters on them are fast. */
  facets?: string[]
  redact?: RedactOptions | false
  limits?: Partial<EncodeLimits>
  /**
   * Runs a function without tracking what it reads, for libraries that keep to themselves which effect is running: `untrack` of Solid and of
   * Svelte. Payloads and states are read in it. Vue, MobX, Preact, Angular, Valtio, Alpine and Legend-State do not need it.
   */
  untracked?: <R>(read: () => R) => R
  /** Windows of these origins may open this page and record it in a standalone panel. Default: the page's own origin. */
  panelOrigins?: string | string[]
  /** What the lean `createRecorder` of `@playhead/sdk/core` shall be able to do besides recording. */
  extensions?: Extension[]
}

export interface RedactOptions {
  /**
   * Keys whose values are hidden at any depth. A text must be the whole name, in any case. They add to the built-in ones unless `defaults`
   * is false.
   */
  keys?: string | RegExp | (string | RegExp)[]
  defaults?: boolean
}

/** Bounds of what is recorded of one payload. What goes beyond is cut, and the text says so. */
export interface EncodeLimits {
  /** Levels to which one payload may nest. Default 32, at most 128. */
  depth: number
  /** Characters that one string may have. Default 32 Ki. */
  string: number
  /** Entries that one object, array, Map or Set may have. Default 5,000. */
  entries: number
  /** UTF-8 bytes that one payload's text may have. Default 128 Ki, at most 256 Ki. */
  total: number
  /**
   * UTF-8 bytes that the text of a payload may have in which a host is mentioned: a map, a grid, a scene, which leads to the whole app.
   * Hosts are written with their class and a few own scalars. Default 2 Ki; 0: hosts are written like any other object.
   */
  host: number
}

/** What values of the app's own are recorded as. */
export interface Transform {
  test: (value: object) => boolean
  make: (value: object) => unknown
}
