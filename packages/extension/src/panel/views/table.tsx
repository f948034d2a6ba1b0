import { useSignal, useSignalEffect } from '@preact/signals'
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks'
import { count } from '../model/format'
import { Pages } from '../model/pages'
import { ScrollMap } from '../model/scroll-map'
import { usePanel } from './context'
import { TableRow } from './table-row'

export const ROW_HEIGHT = 22

/**
 * The virtual list: only the rows in view are drawn, whatever their number. It follows the end while the user is there, and stays put
 * otherwise.
 */
export function Table() {
  const { store, actions } = usePanel()
  const scroller = useRef<HTMLDivElement>(null)
  const viewport = useSignal(400)
  const top = useSignal(0)
  const following = useSignal(true)
  const drawn = useSignal(0)
  const pages = useMemo(() => new Pages(actions.rows, () => drawn.value++), [actions])
  const view = store.view.value
  const total = view ? view.matched + view.gaps : 0
  const map = useMemo(() => new ScrollMap(total, ROW_HEIGHT, viewport.value), [total, viewport.value])
  /** Where we put the scroll position ourselves: the event that follows is not the user's. */
  const placed = useRef(-1)
  const place = (element: HTMLElement, position: number) => {
    const at = map.scrollTopOf(position)
    if (Math.abs(element.scrollTop - at) >= 1) element.scrollTop = at
    placed.current = element.scrollTop
  }
  const seen = useRef(total)
  if (following.value) seen.current = total

  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const observer = new ResizeObserver(() => {
      viewport.value = element.clientHeight
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  // A new view starts at its end; the same view keeps its place or follows.
  useEffect(() => {
    following.value = true
  }, [view?.view])
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const wanted = following.value ? map.lastTop : Math.min(top.value, map.lastTop)
    top.value = wanted
    place(element, wanted)
  }, [map, following.value])

  const goTo = (position: number) => {
    const element = scroller.current
    if (!element) return
    top.value = Math.min(Math.max(0, position), map.lastTop)
    following.value = top.value >= map.lastTop - 0.5
    place(element, top.value)
  }

  // What the user looks at must not be pulled away by what arrives.
  useSignalEffect(() => {
    if (store.selected.value >= 0) following.value = false
  })
  useSignalEffect(() => {
    if (store.toEnd.value > 0) following.value = true
  })
  const { reveal } = store
  useEffect(() => {
    const { seq } = reveal.value
    if (!view || seq < 0) return
    void actions.locate(view.view, seq).then(index => {
      if (index < 0) return
      const rows = viewport.value / ROW_HEIGHT
      if (index < top.value) goTo(index)
      else if (index > top.value + rows - 1.5) goTo(index - rows + 1.5)
    })
  }, [reveal.value])

  const onScroll = () => {
    const element = scroller.current
    if (!element) return
    if (element.scrollTop === placed.current) return
    placed.current = -1
    top.value = map.topAt(element.scrollTop)
    following.value = top.value >= map.lastTop - 0.5
  }
  const onWheel = (event: WheelEvent) => {
    if (!map.scaled || event.ctrlKey) return
    event.preventDefault()
    goTo(top.value + event.deltaY / ROW_HEIGHT)
  }

  const { from, count: rows } = map.window(top.value)
  if (view) pages.need(view.view, view.version, Math.max(0, from - 1), rows + 1)
  void drawn.value
  const started = store.shown.value?.started ?? 0
  const items = Array.from({ length: rows }, (_, offset) => from + offset)
  const fresh = total - seen.current
  return (
    <>
      <div class="row head" role="presentation">
        <span class="seq">#</span>
        <span class="time">Time</span>
        <span class="type">Type</span>
        <span class="source">Source</span>
        <span class="level">Level</span>
        <span class="summary">Payload</span>
        <span class="cause">Cause</span>
        <span class="duration">Took</span>
      </div>
      <div
        ref={scroller}
        class="scroller"
        role="grid"
        aria-label="Events"
        aria-rowcount={total}
        aria-colcount={8}
        tabIndex={0}
        data-testid="table"
        onScroll={onScroll}
        onWheel={onWheel}
      >
        <div class="extent" style={{ height: `${map.height}px` }} role="presentation">
          <div
            class="rows"
            role="presentation"
            style={{ transform: `translateY(${-(top.value - from) * ROW_HEIGHT}px)` }}
          >
            {items.map(index => (
              <TableRow
                key={index % (rows + 1)}
                index={index}
                row={pages.at(index)}
                previous={index > 0 ? pages.at(index - 1)?.time : undefined}
                selected={store.selected.value}
                mode={store.timeMode.value}
                started={started}
              />
            ))}
          </div>
        </div>
      </div>
      {!following.value && (
        <button type="button" class="to-end" data-testid="to-end" onClick={() => goTo(map.lastTop)}>
          ↓ {fresh > 0 ? `${count(fresh)} new` : 'Latest'}
        </button>
      )}
    </>
  )
}
