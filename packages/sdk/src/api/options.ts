import type { Level } from '@playhead/shared/model/event'
import type { Extension } from './extensions'

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
