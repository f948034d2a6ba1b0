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

export interface DensityRequest {
  session: string
  /** Session time, ms, both inclusive. */
  from: number
  to: number
  /** Equal parts of that stretch, at most 4,096. */
  buckets: number
  /** Group of each type, by type id; a group is a number below 63. */
  groups: readonly number[]
  lanes: 'none' | 'producer' | 'source'
  /** Takes that are counted; absent: the recording. */
  takes?: readonly number[]
}

export interface Density {
  from: number
  to: number
  buckets: number
  /** The last group is of the types that the request had none for. */
  groups: number
  /** Events by bucket, and in it by group. */
  counts: Uint32Array
  /** Events by bucket for which `is:error` holds. */
  errors: Uint32Array
  /** By time; near ones as one. */
  gaps: DensityGap[]
  /** By bucket; at most 12, and one for the rest. */
  lanes: DensityLane[]
  /** Of these takes, however much is asked for: time of the first and last event (0 and 0: there is none), events by type id. */
  first: number
  last: number
  byType: Uint32Array
  /** Names of the types that the request had no group for, in the order of their ids. */
  types: string[]
}

/** What of a view, or of what is looked for (`found`), lies where in time; as `DensityRequest`. */
export interface MatchRequest extends Pick<DensityRequest, 'from' | 'to' | 'buckets' | 'groups'> {
  view: number | 'found'
}

export interface MatchDensity extends Pick<Density, 'from' | 'to' | 'buckets' | 'groups' | 'counts'> {}

export interface DensityGap {
  from: number
  to: number
  count: number
}

/** `others`: it stands for so many lanes; 0: it is one. */
export interface DensityLane {
  name: string
  others: number
  counts: Uint32Array
}

export interface KeyframeInfo {
  key: string
  state: string
  producer: string
  afterN: number
  take: number
  time: number
  why: string
  bytes: number
}
