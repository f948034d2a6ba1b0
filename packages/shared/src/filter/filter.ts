import type { FlagName, Kind, Level } from '../model/event'

/**
 * What to show. Every given part must hold (and); inside a list any may (or). Globs match the whole name, `*` any run of
 * characters, case-sensitive. Data only, so it can be sent, stored and put in a link.
 */
export interface Filter {
  /** Globs on the type; an empty list or undefined means all. */
  types?: string[]
  notTypes?: string[]
  sources?: string[]
  notSources?: string[]
  /** Shows this level and those before it. */
  level?: Level
  kinds?: Kind[]
  /** Session time in ms, inclusive. */
  from?: number
  to?: number
  /** Events having all of these flags. */
  flags?: FlagName[]
  /** Default: the recording only. */
  takes?: number[]
  /** Case-insensitive substrings of the payload text or of the type; all must occur. */
  text?: string[]
  /** `payload.a.b = value`: the value at a path of the payload, compared as JSON; numbers also by order. */
  payload?: PayloadTest[]
  /** Value of a facet. */
  facets?: { name: string; value: string | number }[]
  /** Only roots (input, or cause unknown). */
  roots?: boolean
}

export interface PayloadTest {
  path: string[]
  op: '=' | '<' | '<=' | '>' | '>='
  value: string | number | boolean | null
}
