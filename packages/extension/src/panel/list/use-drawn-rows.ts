import type { ExtraColumn } from '@playhead/engine/contract/view'
import { useMemo, useRef } from 'preact/hooks'
import { usePanel } from '../state/context'
import { FollowLag } from './follow-lag'
import type { Pages } from './pages'
import type { ListPlace } from './use-list-place'

/** The rows that are drawn: `count` of them from place `from`; `position` is the place, with a fraction, at the upper edge. */
interface DrawnRows {
  position: number
  from: number
  count: number
  /** Names the element that shows the row at this place. */
  keyOf(index: number): number
}

/** Chooses the rows to draw, and asks for those that are not here. */
export function useDrawnRows(
  { map, top, following, newest }: ListPlace,
  pages: Pages,
  columns: readonly ExtraColumn[],
): DrawnRows {
  const view = usePanel().store.view.value
  const lag = useMemo(() => new FollowLag(), [])
  const keys = useRef({ from: 0, base: 0 })
  // A list that follows is drawn at the newest at once, not a second time once the effect has put it there.
  const wanted = following.value ? newest : top.value
  const ahead = map.window(wanted)
  if (view) pages.need(view.view, view.version, Math.max(0, ahead.from - 1), ahead.count + 1, columns)
  const isHere = (position: number) => {
    const { from, count } = map.window(position)
    return pages.has(from, count)
  }
  const position = view && following.value ? lag.place(view.view, wanted, isHere) : wanted
  if (!following.value) lag.forget()
  const { from, count } = map.window(position)
  pages.hold(from, count)
  // Rows in view keep their elements while the list moves a little; where all rows are others, the elements are used again in place.
  const { current: keyed } = keys
  if (Math.abs(from - keyed.from) >= map.most) keyed.base += from - keyed.from
  keyed.from = from
  return { position, from, count, keyOf: index => modulo(index - keyed.base, map.most) }
}

const modulo = (value: number, by: number) => ((value % by) + by) % by
