import type { FlagName, Kind, Level } from '../model/event'

/** What of an event a filter looks at: a plain object, for the slow judge. */
export interface FilterableEvent {
  type: string
  source: string
  /** Name of its producer. */
  producer: string
  kind: Kind
  level: Level
  flags: readonly FlagName[]
  /** ms on the clock the filter's times are on. */
  time: number
  /** ms its dispatch took; 0: less than the clock can tell, or nobody has told it (yet). */
  duration: number
  take: number
  /** Payload text: tagged JSON; empty where there is none. */
  text: string
  /** By name; a facet may have a text and a number. */
  facets: Readonly<Record<string, string | number | readonly (string | number)[]>>
  /** Its cause is unknown. */
  causeless: boolean
  /** seqs of its causes in the log, and of every event of the tree it belongs to. */
  causes: readonly number[]
  tree: ReadonlySet<number>
  /** Names of the phases it lies in. */
  phases: readonly string[]
  besideGap: boolean
  changesState: boolean
  bookmarked: boolean
}
