import type { Density, MatchDensity } from '@playhead/engine/contract/density'
import type { Phase } from '@playhead/shared/model/phases'
import type { Mark } from '@playhead/shared/model/session'
import type { Span } from '../state/timeline-window'
import type { Layout } from './layout'
import type { Theme } from './theme'

/** All that the drawing depends on. Times are session times in ms, lengths are px. */
export interface Picture {
  span: Span
  width: number
  layout: Layout
  density: Density | null
  /** What of the density passes the filter: the rest is drawn quietly. Null where nothing is told apart. */
  matches: MatchDensity | null
  /** For each group of the density: its place in the palette, and whether the filter hides it. */
  groups: readonly { colour: number; hidden: boolean }[]
  marks: readonly Mark[]
  phases: readonly Phase[]
  brush: Span | undefined
  playhead: number | undefined
  hover: number | undefined
  /** Epoch ms of session time 0, where times are those of the day. */
  started: number | undefined
  theme: Theme
}
