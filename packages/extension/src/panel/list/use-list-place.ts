import { type ReadonlySignal, type Signal, untracked, useSignal, useSignalEffect } from '@preact/signals'
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks'
import { usePanel } from '../state/context'
import { ScrollMap } from '../widgets/scroll-map'
import type { Pages } from './pages'
import { held, movedTo, NO_ANCHOR, newestTop, reordered, type ScrollState, scrolled, settled } from './scroll-anchoring'

/** px of a row. */
export const ROW_HEIGHT = 22

/** Where the list stands, in rows. */
export interface ListPlace {
  map: ScrollMap
  /** Row, with a fraction, at the upper edge of what is in view. */
  top: ReadonlySignal<number>
  /** The list shows the newest events, and moves along with them. */
  following: ReadonlySignal<boolean>
  /** The place at which the newest event is in view. */
  newest: number
  /** Goes to a place; `isStill` says that what is held stays in view. */
  goTo(position: number, isStill?: boolean): void
  /** Stops following, at this place, and holds this event (−1: any). */
  stayAt(position: number, seq: number): void
  /** Place of the event that is held; −1 if it is another one. */
  placeOf(seq: number): number
  follow(): void
  onScroll(): void
  onWheel(event: WheelEvent): void
}

/**
 * Binds `scroll-anchoring.ts` to the scrolled element, the store and the rows that are known. `drawn` counts the pages of rows that came,
 * `height` is that of the element in px.
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
  const view = store.view.value
  const total = view?.items ?? 0
  const map = useMemo(() => new ScrollMap(total, ROW_HEIGHT, height), [total, height])
  const rows = height / ROW_HEIGHT
  const extent = { rows, lastTop: map.lastTop, byTime, newestFirst: byTime && descending }
  const newest = newestTop(extent)

  const top = useSignal(0)
  const following = useSignal(table.anchor.value < 0)
  /** What of the state nothing is drawn by. */
  const rest = useRef({ anchor: NO_ANCHOR, unheld: false })
  /** The scroll position that was set here: a scroll event that finds it is not the user's. */
  const placed = useRef(-1)

  const state = (): ScrollState => ({ top: top.peek(), following: following.peek(), ...rest.current })
  const become = ({ top: nextTop, following: follows, anchor, unheld }: ScrollState) => {
    const isOther = anchor.seq !== rest.current.anchor.seq
    rest.current = { anchor, unheld }
    top.value = nextTop
    following.value = follows
    if (isOther) actions.list.setAnchor(anchor.seq)
  }
  const hold = (isStill = false, preferred = store.selected.peek()) => {
    const viewNumber = view?.view ?? -1
    const rowAt = (index: number) => (view ? pages.freshAt(view.view, index) : undefined)
    become(held(state(), { rowAt, view: viewNumber, rows, preferred, isStill }))
  }
  const place = (element: HTMLElement) => {
    const at = map.scrollTopOf(top.peek())
    if (Math.abs(element.scrollTop - at) >= 1) element.scrollTop = at
    placed.current = element.scrollTop
  }

  useEffect(() => {
    // The engine need not be told: a selected event is held again below, and a view that is shown anew is told its anchor.
    actions.list.forgetAnchor()
    rest.current = { ...rest.current, anchor: NO_ANCHOR }
    become(reordered(state(), extent))
  }, [view?.session, table.sort.value])

  useLayoutEffect(() => {
    const element = scroller.current
    if (!element || !view) return
    const { state: next, shift } = settled(state(), view, extent)
    pages.shift(shift)
    become(next)
    place(element)
  }, [map, following.value, view?.version, view?.view])

  useLayoutEffect(() => {
    if (rest.current.unheld) hold()
  }, [drawn.value])

  // What the user looks at must not be pulled away by what arrives, whatever makes the list follow.
  useSignalEffect(() => {
    if (store.selected.value < 0) return
    if (following.value) following.value = false
    // Untracked, so that this does not run when the list moves: the rows it has moved to are not known yet, and it would let go.
    untracked(() => hold(true))
  })
  useSignalEffect(() => {
    if (store.toEnd.value > 0) following.value = true
  })

  const goTo = (position: number, isStill = false) => {
    const element = scroller.current
    if (!element) return
    become(movedTo(state(), position, extent, store.selected.peek() >= 0))
    place(element)
    hold(isStill)
  }

  return {
    ...{ map, top, following, newest, goTo },
    stayAt(position, seq) {
      become({ ...state(), top: position, following: false })
      hold(false, seq)
    },
    placeOf: seq => (rest.current.anchor.seq === seq ? rest.current.anchor.index : -1),
    follow() {
      following.value = true
      hold()
    },
    onScroll() {
      const element = scroller.current
      if (!element) return
      // A list that became taller is moved by the browser before we hear of its size: nobody scrolled, and it is placed anew.
      if (element.scrollTop === placed.current || element.clientHeight !== map.viewport) return
      placed.current = -1
      become(scrolled(state(), map.topAt(element.scrollTop), extent))
      hold()
    },
    onWheel(event) {
      if (!map.scaled || event.ctrlKey || event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) return
      event.preventDefault()
      goTo(top.peek() + event.deltaY / ROW_HEIGHT)
    },
  }
}
