import type { Comparison } from '@playhead/shared/filter/filter'

export interface NameCount {
  name: string
  count: number
}

/** Counts are of the recording; what only a replay has counts 0. */
export interface Vocabulary {
  types: NameCount[]
  sources: NameCount[]
  /** All there are, in their order. */
  levels: NameCount[]
  kinds: NameCount[]
  /** By name: several may share one. */
  producers: NameCount[]
  /** Names of phases, with how many there are. */
  marks: NameCount[]
  takes: { take: number; name: string; count: number }[]
  facets: FacetNames[]
}

export interface FacetNames {
  name: string
  /** That have the facet. */
  events: number
  /** At most 100 of those that are text, and how many there are; `counted` false: there are more still. */
  texts: NameCount[]
  different: number
  counted: boolean
  /** By value; none where there are more than 100. */
  numbers: { value: number; count: number }[]
  range: { min: number; max: number } | null
}

/** What a field of payloads was seen to have in the recording. */
export interface FieldValues {
  /** Most frequent first, at most 100. */
  values: { value: Comparison['value']; count: number }[]
  /** All events were looked at: the counts are exact. Else they are of some, spread over the session. */
  all: boolean
}

/** Of the values that begin with some letters, what was found so far. */
export interface FoundValues extends FieldValues {
  /** There is nothing left to look at. */
  done: boolean
}

/** What payloads of one type look like. */
export interface TypeFacts {
  type: string
  events: number
  /** Events that did not fit the shape the app registered. */
  misfits: number
  /** Payloads that were read for it. */
  read: number
  fields: { path: string; kinds: string[]; seen: number; firstSeq: number; isNew: boolean }[]
  /** Fields beyond the bound. */
  others: number
}
