import { type Signal, untracked, useSignal, useSignalEffect } from '@preact/signals'
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks'
import { usePanel } from '../state/context'
import { ScrollMap } from '../widgets/scroll-map'
import type { Pages } from './pages'

export const ROW_HEIGHT = 22

/** Where the list stands, in rows. */
export interface ListPlace {
  map: ScrollMap
  /** Row, with fraction, at the top of what is in view. */
  top: Signal<number>
  /** It shows the newest events, and moves along with them. */
  following: Signal<boolean>
  /** The place at which the newest event is in view. */
  newest: number
  /** `isStill`: what is held stays in view. */
  goTo(position: number, isStill?: boolean): void
  /** Stops following, there, and holds this event (-1: any). */
  stayAt(position: number, seq: number): void
  /** Place of the event that is held; -1: it is another one. */
  placeOf(seq: number): number
  follow(): void
  onScroll(): void
  onWheel(event: WheelEvent): void
}

const NOTHING = { seq: -1, index: -1 }

/**
 * It follows the newest event while the user is there; otherwise what they look at stays in place, whatever arrives, goes, or is
 * filtered away around it. `drawn` counts the pages of rows that came.
 */
export function useListPlace(
  scroller: { readonly current: HTMLElement | null },
  pages: Pages,
  drawn: Signal<number>,
  height: number,
): ListPlace {
  const { store, actions } = usePanel()
  const { table } = store
  const { by, descending } = table.sort.value
  const byTime = by === 'time'
  const newestFirst = byTime && descending
  const view = store.view.value
  const total = view?.items ?? 0
  const top = useSignal(0)
  const following = useSignal(table.anchor.value < 0)
  const map = useMemo(() => new ScrollMap(total, ROW_HEIGHT, height), [total, height])
  /** Where we put the scroll position ourselves: the event that follows is not the user's. */
  const placed = useRef(-1)
  /** The anchor's place as of the last status, and of which view. */
  const anchored = useRef({ view: -1, ...NOTHING })
  /** Rows must arrive before one of them can be held. */
  const unheld = useRef(false)
  const newest = newestFirst ? 0 : map.lastTop

  const place = (element: HTMLElement, position: number) => {
    const at = map.scrollTopOf(position)
    if (Math.abs(element.scrollTop - at) >= 1) element.scrollTop = at
    placed.current = element.scrollTop
  }
  const isAtNewest = () => byTime && (newestFirst ? top.value < 0.5 : top.value >= map.lastTop - 0.5)

  /**
   * The first whole event in view is what stays in place; a selected one in view, `better`, is that. `isStill`: nobody scrolled, what is
   * held already is still in view.
   */
  const holdOn = (isStill = false, better = store.selected.value) => {
    if (following.value) {
      if (table.anchor.value >= 0) actions.list.setAnchor(-1)
      return
    }
    if (isStill && better >= 0 && better === table.anchor.value) return
    const first = Math.ceil(top.value)
    const last = Math.floor(top.value + height / ROW_HEIGHT) - 1
    let candidate = NOTHING
    for (let index = first; index <= last; index++) {
      const row = view && pages.freshAt(view.view, index)
      if (row?.item !== 'event') continue
      if (candidate.seq < 0 || row.seq === better) candidate = { seq: row.seq, index }
    }
    if (isStill && candidate.seq < 0 && table.anchor.value >= 0) return
    // Nothing is known of what came into view: what was there before must not hold it.
    unheld.current = candidate.seq < 0
    if (candidate.seq === table.anchor.value) return
    anchored.current = { view: view?.view ?? -1, ...candidate }
    actions.list.setAnchor(candidate.seq)
  }

  useEffect(() => {
    // What was held stands elsewhere in another order; a selected event is held again below.
    actions.list.forgetAnchor()
    anchored.current = { view: -1, ...NOTHING }
    following.value = byTime
    if (!byTime) top.value = 0
  }, [view?.session, table.sort.value])

  useLayoutEffect(() => {
    const element = scroller.current
    if (!element || !view) return
    const { current } = anchored
    const known = view.anchor >= 0 && view.anchorSeq === current.seq && current.index >= 0
    if (!following.value && known) {
      const by = view.anchor - current.index
      if (view.view === current.view) pages.shift(by)
      top.value += by
      anchored.current = { ...current, view: view.view, index: view.anchor }
    }
    const wanted = following.value ? newest : Math.min(Math.max(0, top.value), map.lastTop)
    top.value = wanted
    place(element, wanted)
  }, [map, following.value, view?.version, view?.view])

  useLayoutEffect(() => {
    if (unheld.current) holdOn()
  }, [drawn.value])

  // What the user looks at must not be pulled away by what arrives, whatever makes the list follow.
  useSignalEffect(() => {
    if (store.selected.value < 0) return
    if (following.value) following.value = false
    // Not when the list moves: the rows that it has moved to are not known yet, and it would let go.
    untracked(() => holdOn(true))
  })
  useSignalEffect(() => {
    if (store.toEnd.value > 0) following.value = true
  })

  const goTo = (position: number, isStill = false) => {
    const element = scroller.current
    if (!element) return
    top.value = Math.min(Math.max(0, position), map.lastTop)
    following.value = isAtNewest() && store.selected.value < 0
    place(element, top.value)
    holdOn(isStill)
  }

  return {
    ...{ map, top, following, newest, goTo },
    stayAt(position, seq) {
      following.value = false
      top.value = position
      holdOn(false, seq)
    },
    placeOf: seq => (anchored.current.seq === seq ? anchored.current.index : -1),
    follow() {
      following.value = true
      holdOn()
    },
    onScroll() {
      const element = scroller.current
      if (!element) return
      // A list that became taller is moved by the browser before we hear of its size: nobody scrolled, and it is placed anew.
      if (element.scrollTop === placed.current || element.clientHeight !== map.viewport) return
      placed.current = -1
      top.value = map.topAt(element.scrollTop)
      following.value = isAtNewest()
      holdOn()
    },
    onWheel(event) {
      if (!map.scaled || event.ctrlKey || event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) return
      event.preventDefault()
      goTo(top.value + event.deltaY / ROW_HEIGHT)
    },
  }
}
