import type { Comparison } from './filter'

/** A name, and how many events have it. */
export interface SeenName {
  name: string
  count: number
}

/** The names and values that the events of a session have. Completion offers no others. */
export interface Seen {
  types: readonly SeenName[]
  sources: readonly SeenName[]
  /** Events by the name of their level and of their kind. */
  levels: readonly SeenName[]
  kinds: readonly SeenName[]
  producers: readonly SeenName[]
  marks: readonly SeenName[]
  takes: readonly { take: number; name: string; count: number }[]
  facets: readonly { name: string; count: number; values: readonly { value: string | number; count: number }[] }[]
  /** Fields of payloads, and how many payloads have each. */
  paths: readonly { path: readonly string[]; count: number }[]
  /** Values of the fields that were asked for; of a facet, those that are not among its values above. */
  values: readonly SeenValues[]
}

/** Names a field of payloads, or a facet. */
export type FieldName = { path: readonly string[] } | { facet: string }

/** Values of one field. */
export interface SeenValues {
  field: FieldName
  /** Only values that begin with these letters, in any case, were looked for. Absent: all were. */
  typed?: string
  values: readonly { value: Comparison['value']; count: number }[]
  /** True: they were counted in all events. False: in some of them. */
  all: boolean
}
