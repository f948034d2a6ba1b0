import { useSignal, useSignalEffect } from '@preact/signals'
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks'
import { charactersIn, extraOf, fitting, leastWidth, template } from '../model/columns'
import { FollowLag } from '../model/follow-lag'
import { count } from '../model/format'
import { Pages } from '../model/pages'
import { ScrollMap } from '../model/scroll-map'
import { ColumnsMenu } from './columns-menu'
import { usePanel } from './context'
import { SelectionBar } from './selection-bar'
import { TableHead } from './table-head'
import { TableRow } from './table-row'

export const ROW_HEIGHT = 22
/** Pixels of the menu at the end of the head: rows end where the head's columns do. */
const MENU = 26

/**
 * The virtual list: only the rows in view are drawn, whatever their number. It follows the newest event while the user is there;
 * otherwise what they look at stays in place, whatever arrives, goes, or is filtered away around it.
 */
export function Table() {
  const { store, actions } = usePanel()
  const { table } = store
  const scroller = useRef<HTMLDivElement>(null)
  const size = useSignal({ width: 800, height: 400, bar: 0 })
  const left = useSignal(0)
  const top = useSignal(0)
  const following = useSignal(table.anchor.value < 0)
  const drawn = useSignal(0)
  const pages = useMemo(() => new Pages(actions.rows, () => drawn.value++), [actions])
  const view = store.view.value
  const total = view?.items ?? 0
  const { sort } = table
  const newestFirst = sort.value.by === 'time' && sort.value.descending
  const { width, height } = size.value
  const columns = useMemo(() => fitting(table.columns.value, width), [table.columns.value, width])
  const least = leastWidth(columns, width) + 12
  const room = charactersIn(columns, width)
  const grid = useMemo(() => ({ '--columns': template(columns, width), minWidth: `${least}px` }), [columns, width])
  const headStyle = useMemo(() => ({ ...grid, transform: `translateX(${-left.value}px)` }), [grid, left.value])
  const extra = useMemo(() => columns.flatMap(({ id }) => extraOf(id) ?? []), [columns])
  const map = useMemo(() => new ScrollMap(total, ROW_HEIGHT, height), [total, height])
  /** Where we put the scroll position ourselves: the event that follows is not the user's. */
  const placed = useRef(-1)
  /** The anchor's place as of the last status, and of which view. */
  const anchored = useRef({ view: -1, seq: -1, index: -1 })
  /** Rows must arrive before one of them can be held. */
  const unheld = useRef(false)
  const keys = useRef({ from: 0, base: 0 })
  /** Another session's events are others. */
  const unfoldedIn = useRef(view?.session)
  /** Where the rows that are seen stand. */
  const drawnAt = useRef(0)
  const lag = useMemo(() => new FollowLag(), [])
  const seen = useRef(total)
  if (following.value) seen.current = total

  const place = (element: HTMLElement, position: number) => {
    const at = map.scrollTopOf(position)
    if (Math.abs(element.scrollTop - at) >= 1) element.scrollTop = at
    placed.current = element.scrollTop
  }
  const byTime = sort.value.by === 'time'
  const isAtNewest = () => byTime && (newestFirst ? top.value < 0.5 : top.value >= map.lastTop - 0.5)
  const newest = () => (newestFirst ? 0 : map.lastTop)

  /** The first whole event in view is what stays in place; a selected one in view is better. */
  const holdOn = () => {
    if (following.value) {
      if (table.anchor.value >= 0) actions.setAnchor(-1)
      return
    }
    const first = Math.ceil(top.value)
    const last = Math.floor(top.value + height / ROW_HEIGHT) - 1
    let candidate = { seq: -1, index: -1 }
    for (let index = first; index <= last; index++) {
      const row = view && pages.freshAt(view.view, index)
      if (row?.item !== 'event') continue
      if (candidate.seq < 0 || row.seq === store.selected.value) candidate = { seq: row.seq, index }
    }
    // Nothing is known of what came into view: what was there before must not hold it.
    unheld.current = candidate.seq < 0
    if (candidate.seq === table.anchor.value) return
    anchored.current = { view: view?.view ?? -1, ...candidate }
    actions.setAnchor(candidate.seq)
  }

  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const observer = new ResizeObserver(() => {
      const bar = element.offsetWidth - element.clientWidth
      size.value = { width: element.clientWidth, height: element.clientHeight, bar }
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  useEffect(() => {
    following.value = sort.value.by === 'time'
    table.anchor.value = -1
    if (view?.session !== unfoldedIn.current) table.unfolded.value = new Map()
    unfoldedIn.current = view?.session
    if (sort.value.by !== 'time') top.value = 0
  }, [view?.session, sort.value])
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
    const wanted = following.value ? newest() : Math.min(Math.max(0, top.value), map.lastTop)
    top.value = wanted
    place(element, wanted)
  }, [map, following.value, view?.version, view?.view])

  useLayoutEffect(() => {
    if (unheld.current) holdOn()
  }, [drawn.value])

  const goTo = (position: number) => {
    const element = scroller.current
    if (!element) return
    top.value = Math.min(Math.max(0, position), map.lastTop)
    following.value = isAtNewest() && store.selected.value < 0
    place(element, top.value)
    holdOn()
  }

  // What the user looks at must not be pulled away by what arrives.
  useSignalEffect(() => {
    if (store.selected.value < 0) return
    following.value = false
    holdOn()
  })
  useSignalEffect(() => {
    if (store.toEnd.value > 0) following.value = true
  })
  const { reveal } = store
  useEffect(() => {
    const { seq, below } = reveal.value
    if (!view || seq < 0) return
    void actions.locate(view.view, seq).then(index => {
      if (index < 0) return
      const rows = height / ROW_HEIGHT
      // The event itself first, then what stands below it.
      const last = Math.min(index + below, index + Math.floor(rows) - 2)
      if (index < top.value) goTo(index)
      else if (last > top.value + rows - 1.5) goTo(last - rows + 1.5)
    })
  }, [reveal.value])

  // The inspector opens below the list and takes of its height: the selected row stays in view.
  const tall = useRef(height)
  useEffect(() => {
    const [before, now] = [tall.current / ROW_HEIGHT, height / ROW_HEIGHT]
    tall.current = height
    const seq = store.selected.peek()
    if (!view || seq < 0 || now >= before) return
    void actions.locate(view.view, seq).then(index => {
      const wasSeen = index >= top.value && index <= top.value + before
      if (wasSeen && index > top.value + now - 1.5) goTo(index - now + 1.5)
    })
  }, [height])

  const onScroll = () => {
    const element = scroller.current
    if (!element) return
    left.value = element.scrollLeft
    // A list that became taller is moved by the browser before we hear of its size: nobody scrolled, and it is placed anew.
    if (element.scrollTop === placed.current || element.clientHeight !== map.viewport) return
    placed.current = -1
    top.value = map.topAt(element.scrollTop)
    following.value = isAtNewest()
    holdOn()
  }
  /** A row must not move away between press and release, or neither is a click on it. */
  const onPointerDown = ({ button, target }: PointerEvent) => {
    if (!following.value || button !== 0 || !(target instanceof Element) || !target.closest('.row')) return
    following.value = false
    // What is drawn may be behind what it follows.
    top.value = drawnAt.current
    holdOn()
    const { value: held } = table.anchor
    // The click comes right after; where it chose nothing and nobody scrolled, the list goes on.
    const release = () =>
      setTimeout(() => {
        if (store.selected.peek() >= 0 || (held >= 0 && table.anchor.peek() !== held)) return
        following.value = true
        holdOn()
      })
    addEventListener('pointerup', release, { once: true })
  }
  const onWheel = (event: WheelEvent) => {
    if (!map.scaled || event.ctrlKey || event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) return
    event.preventDefault()
    goTo(top.value + event.deltaY / ROW_HEIGHT)
  }

  // Where it follows, its place is that of the newest: no second drawing once the effect has put it there.
  const wanted = following.value ? newest() : top.value
  const ahead = map.window(wanted)
  if (view) pages.need(view.view, view.version, Math.max(0, ahead.from - 1), ahead.count + 1, extra)
  void drawn.value
  const isHere = (position: number) => {
    const { from, count } = map.window(position)
    return pages.has(from, count)
  }
  const position = view && following.value ? lag.place(view.view, wanted, isHere) : wanted
  if (!following.value) lag.forget()
  const { from, count: rows } = position === wanted ? ahead : map.window(position)
  pages.hold(from, rows)
  drawnAt.current = position
  // Rows in view keep their elements while the list moves a little; where all are others, the elements stay as they are.
  const { current: keyed } = keys
  if (Math.abs(from - keyed.from) >= map.most) keyed.base += from - keyed.from
  keyed.from = from
  const started = store.shown.value?.started ?? 0
  const items = Array.from({ length: rows }, (_, offset) => from + offset)
  const fresh = total - seen.current
  return (
    <>
      <div
        class="grid"
        role="grid"
        aria-label="Events"
        aria-rowcount={total}
        aria-colcount={columns.length}
        aria-multiselectable="true"
        data-testid="table"
      >
        <TableHead columns={columns} style={headStyle} />
        <div
          ref={scroller}
          class="scroller"
          role="rowgroup"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard.
          tabIndex={0}
          data-testid="scroller"
          onPointerDown={onPointerDown}
          onScroll={onScroll}
          onWheel={onWheel}
        >
          <div class="extent" style={{ height: `${map.height}px`, minWidth: `${least}px` }} role="presentation">
            <div
              class="rows"
              role="presentation"
              style={{
                ...grid,
                width: `calc(100% - ${Math.max(0, MENU - size.value.bar)}px)`,
                transform: `translateY(${-(position - from) * ROW_HEIGHT}px)`,
              }}
            >
              {items.map(index => (
                <TableRow
                  key={modulo(index - keyed.base, map.most)}
                  index={index}
                  row={pages.at(index)}
                  previous={index > 0 ? pages.at(index - 1)?.time : undefined}
                  columns={columns}
                  selection={table.selection.value}
                  mode={store.timeMode.value}
                  started={started}
                  room={room}
                />
              ))}
            </div>
          </div>
        </div>
      </div>
      <ColumnsMenu drawn={columns} />
      <SelectionBar />
      {!following.value && byTime && (
        <button
          type="button"
          class="to-end"
          data-testid="to-end"
          onClick={() => {
            actions.select(-1)
            goTo(newest())
          }}
        >
          {newestFirst ? '↑' : '↓'} {fresh > 0 ? `${count(fresh)} new` : 'Latest'}
        </button>
      )}
    </>
  )
}

const modulo = (value: number, by: number) => ((value % by) + by) % by
