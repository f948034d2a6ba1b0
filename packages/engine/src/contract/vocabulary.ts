import type { Comparison } from '@playhead/shared/filter/filter'

/** A name, and how many events have it. */
export interface NameCount {
  name: string
  count: number
}

/** The names that a session's events have, most frequent first. Counts are of the recording; a name that only a replay used counts 0. */
export interface Vocabulary {
  types: NameCount[]
  sources: NameCount[]
  /** All levels and all kinds there are, in their order. */
  levels: NameCount[]
  kinds: NameCount[]
  /** Producers by name; several may have the same. */
  producers: NameCount[]
  /** Names of phases, and how many phases have each. */
  marks: NameCount[]
  takes: { take: number; name: string; count: number }[]
  facets: FacetNames[]
}

/** The values of one facet. */
export interface FacetNames {
  name: string
  /** Events that have the facet. */
  events: number
  /**
   * At most 100 of the values that are text, and how many different ones were counted. `counted` false: there are more than were counted.
   */
  texts: NameCount[]
  different: number
  counted: boolean
  /** Values that are numbers, in their order; none where there are more than 100. */
  numbers: { value: number; count: number }[]
  /** The least and the greatest number; null where there is none. */
  range: { min: number; max: number } | null
}

/** The values that one field of payloads has in the recording. */
export interface FieldValues {
  /** The values, most frequent first, at most 100. */
  values: { value: Comparison['value']; count: number }[]
  /** True: all events were looked at, and the counts are exact. Otherwise some were, spread over the session. */
  all: boolean
}

/** The values that begin with some letters, as far as they were found. */
export interface FoundValues extends FieldValues {
  /** True: nothing is left to look at. */
  done: boolean
}

/** Which fields the payloads of one type have. */
export interface TypeFacts {
  type: string
  events: number
  /** Events that did not fit the shape the app registered. */
  misfits: number
  /** Payloads that were read to learn this. */
  read: number
  /** `seen`: payloads that have the field · `firstSeq`: the first of them · `isNew`: it appeared long after the type did. */
  fields: { path: string; kinds: string[]; seen: number; firstSeq: number; isNew: boolean }[]
  /** Fields that are not in the list because there are too many. */
  others: number
}
