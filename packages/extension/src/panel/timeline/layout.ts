import type { Phase } from '@playhead/shared/model/phases'
import type { Mark } from '@playhead/shared/model/session'

export const AXIS = 16
const BAND = 14
const ERRORS = 5
const HEAT = 4
export const LANE = 14

/** Kinds of marks that last, the coarse ones before the fine ones. */
const KINDS: readonly Mark['kind'][] = ['run', 'day', 'trial', 'phase', 'turn']
const MOST_BANDS = 2

/**
 * From top to bottom, in px:
 *
 *     axis     times, the playhead's handle, names of single marks
 *     bands    phases, one row for each of the two coarsest kinds
 *     errors   ticks
 *     bars     density, gaps
 *     heat     rate
 *     lanes    one row each
 */
export interface Layout {
  kinds: Mark['kind'][]
  bands: number
  errors: number
  bars: number
  barsEnd: number
  heat: number
  lanes: number
  height: number
}

/** `height` is that of all rows above the lanes but the bands, in px; `lanes` is how many lanes there are. */
export function layoutOf(height: number, phases: readonly Phase[], lanes: number): Layout {
  const used = new Set(phases.map(({ kind }) => rowOf(kind)))
  const kinds = KINDS.filter(kind => used.has(kind)).slice(0, MOST_BANDS)
  const errors = AXIS + kinds.length * BAND
  const barsEnd = kinds.length * BAND + height - HEAT
  return {
    kinds,
    bands: AXIS,
    errors,
    bars: errors + ERRORS,
    barsEnd,
    heat: barsEnd,
    lanes: barsEnd + HEAT,
    height: barsEnd + HEAT + lanes * LANE,
  }
}

/** A baseline stands in the row of the trials, for it is one: they never overlap. */
function rowOf(kind: Mark['kind']): Mark['kind'] {
  return kind === 'baseline' ? 'trial' : kind
}

export function bandTop(layout: Layout, kind: Mark['kind']): number {
  const at = layout.kinds.indexOf(rowOf(kind))
  return at < 0 ? -1 : layout.bands + at * BAND
}
export const BAND_HEIGHT = BAND
