import type { EncodeLimits, RecorderOptions } from '../api/options'

/** How much the journal records and keeps. Every number is within its bounds. */
export interface JournalSettings {
  /** Events kept in the page. */
  capacity: number
  /** Bytes kept in the page. */
  bufferBytes: number
  /** Index into LEVELS; events of higher indices are not recorded. */
  level: number
  /** Globs on types. No `include` means all types; `exclude` wins. */
  include: string[]
  exclude: string[]
  /** Names of the payload fields that become columns, without doubles. */
  facets: string[]
  redact: RecorderOptions['redact']
  limits: EncodeLimits
  untracked: RecorderOptions['untracked']
}
