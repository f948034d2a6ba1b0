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

/** What of a view, or of what is looked for (`found`), lies where in time; as `DensityRequest`. */
export interface MatchRequest extends Pick<DensityRequest, 'from' | 'to' | 'buckets' | 'groups'> {
  view: number | 'found'
}

export interface MatchDensity extends Pick<Density, 'from' | 'to' | 'buckets' | 'groups' | 'counts'> {}
