import type { Comparison } from './filter'

export interface SeenName {
  name: string
  count: number
}

/** What the events that are there have: completion offers no other names. */
export interface Seen {
  types: readonly SeenName[]
  sources: readonly SeenName[]
  /** Events by the names of LEVELS and KINDS. */
  levels: readonly SeenName[]
  kinds: readonly SeenName[]
  producers: readonly SeenName[]
  marks: readonly SeenName[]
  takes: readonly { take: number; name: string; count: number }[]
  facets: readonly { name: string; count: number; values: readonly { value: string | number; count: number }[] }[]
  /** Fields of payloads. */
  paths: readonly { path: readonly string[]; count: number }[]
  /** Values of the fields that were asked for, and of facets those that are not among the ones above. */
  values: readonly SeenValues[]
}

/** A field of payloads, or a facet. */
export type FieldName = { path: readonly string[] } | { facet: string }

export interface SeenValues {
  field: FieldName
  /** Only values that begin with these letters, in any case, were looked for. */
  typed?: string
  values: readonly { value: Comparison['value']; count: number }[]
  /** They were counted in all events; else in some of them. */
  all: boolean
}
