import type { FlagName, Kind, Level } from '../model/event'

/** Everything of an event that a filter looks at, as a plain object for `matches`. */
export interface FilterableEvent {
  type: string
  source: string
  /** Name of the producer. */
  producer: string
  kind: Kind
  level: Level
  flags: readonly FlagName[]
  /** ms on the clock that the filter's times are on. */
  time: number
  /** ms that the dispatch took; 0 where it was shorter than the clock can tell, or is not known, or not known yet. */
  duration: number
  take: number
  /** The payload as tagged JSON text; empty where there is none. */
  text: string
  /** Facets by name. A facet may have both a text and a number. */
  facets: Readonly<Record<string, string | number | readonly (string | number)[]>>
  /** True: no cause is known. */
  causeless: boolean
  /** seqs of its causes that are in the log. */
  causes: readonly number[]
  /** seqs of every event in the tree of causes and effects that it belongs to. */
  tree: ReadonlySet<number>
  /** Names of the phases that it lies in. */
  phases: readonly string[]
  /** True: events are missing right before or after it. */
  besideGap: boolean
  /** True: it carries a patch of a registered state. */
  changesState: boolean
  bookmarked: boolean
}
