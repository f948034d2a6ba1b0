/** Asks how many events of a session lie in each part of a stretch of time. */
export interface DensityRequest {
  session: string
  /** The first and the last moment of the stretch: session time in ms, both inclusive. */
  from: number
  to: number
  /** The stretch is divided into so many equal buckets, at most 4,096. */
  buckets: number
  /** The group that each type is counted in, by type id. A group is a number from 0 to 62. */
  groups: readonly number[]
  /** Says whether events are also counted by the producer or the source that emitted them. */
  lanes: 'none' | 'producer' | 'source'
  /** Only events of these takes are counted. Default: those of the recording, take 0. */
  takes?: readonly number[]
}

/** Says how many events lie in each bucket. `from`, `to` and `buckets` are those of the request, brought within their bounds. */
export interface Density {
  from: number
  to: number
  buckets: number
  /** How many groups there are. The last one counts the types that the request gave no group. */
  groups: number
  /** Events of group g in bucket b, at index b × groups + g. */
  counts: Uint32Array
  /** Events for which the filter `is:error` holds, by bucket. */
  errors: Uint32Array
  /** Gaps within the stretch in the order of time. Those that are less than a bucket apart are told as one. */
  gaps: DensityGap[]
  /** Events by bucket of each producer or source: at most 12 lanes, and one more for all others together. */
  lanes: DensityLane[]
  /** Session time in ms of the first and the last event of the takes, in the whole session. Both are 0 where there is none. */
  first: number
  last: number
  /** Events of the takes in the whole session, by type id. */
  byType: Uint32Array
  /** Names of the types that the request gave no group, in the order of their ids. */
  types: string[]
}

/** `count` events are missing between two moments, both session time in ms. */
export interface DensityGap {
  from: number
  to: number
  count: number
}

/** The events of one producer or source, or of all that have no lane of their own. */
export interface DensityLane {
  name: string
  /** The lane stands for so many producers or sources together; 0 where it is the lane of one. */
  others: number
  /** Events by bucket. */
  counts: Uint32Array
}

/** Asks the same of the events of a view, or of the events that were found (`found`). */
export interface MatchRequest extends Pick<DensityRequest, 'from' | 'to' | 'buckets' | 'groups'> {
  view: number | 'found'
}

/** Says how many events of the view, or of those found, lie in each bucket. */
export interface MatchDensity extends Pick<Density, 'from' | 'to' | 'buckets' | 'groups' | 'counts'> {}
