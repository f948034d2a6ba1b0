import { useSignal } from '@preact/signals'
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks'
import { charactersIn, extraOf, fitting, leastWidth, template } from '../state/columns'
import { usePanel } from '../state/context'
import { count } from '../widgets/format'
import { ColumnsMenu } from './columns-menu'
import { NewEvents } from './new-events'
import { Pages } from './pages'
import { SelectionBar } from './selection-bar'
import { TableHead } from './table-head'
import { TableRow } from './table-row'
import { useDrawnRows } from './use-drawn-rows'
import { ROW_HEIGHT, useListPlace } from './use-list-place'
import { usePress } from './use-press'
import { useReveal } from './use-reveal'

/** px of the menu at the end of the head: rows end where the head's columns do. */
const MENU = 26

/** The virtual list: only the rows in view are drawn, whatever their number. */
export function Table() {
  const { store, actions, engine } = usePanel()
  const { table } = store
  const scroller = useRef<HTMLDivElement>(null)
  const size = useSignal({ width: 800, height: 400, bar: 0 })
  const left = useSignal(0)
  const drawn = useSignal(0)
  const pages = useMemo(
    () =>
      new Pages(
        (...asked) => engine.view.rows(...asked),
        () => drawn.value++,
      ),
    [engine],
  )
  const view = store.view.value
  const total = view?.items ?? 0
  const { width, height } = size.value
  const columns = useMemo(() => fitting(table.columns.value, width), [table.columns.value, width])
  const least = leastWidth(columns, width) + 12
  const room = charactersIn(columns, width)
  const grid = useMemo(() => ({ '--columns': template(columns, width), minWidth: `${least}px` }), [columns, width])
  const headStyle = useMemo(() => ({ ...grid, transform: `translateX(${-left.value}px)` }), [grid, left.value])
  const extra = useMemo(() => columns.flatMap(({ id }) => extraOf(id) ?? []), [columns])

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

  /** The session whose events are unfolded: those of another one are others. */
  const unfoldedIn = useRef(view?.session)
  useEffect(() => {
    if (view?.session !== unfoldedIn.current) actions.list.forgetUnfolded()
    unfoldedIn.current = view?.session
  }, [view?.session])

  const list = useListPlace(scroller, pages, drawn, height)
  const { map, following } = list
  useReveal(list, pages, height)
  const { position, from, count: rows, keyOf } = useDrawnRows(list, pages, extra)
  const onPointerDown = usePress(list, position)
  const onScroll = () => {
    left.value = scroller.current?.scrollLeft ?? 0
    list.onScroll()
  }

  const newEvents = useMemo(() => new NewEvents(), [])
  const fresh = view ? newEvents.count(view, following.value) : 0
  const { by, descending } = table.sort.value
  const started = store.shown.value?.started ?? 0
  const items = Array.from({ length: rows }, (_, offset) => from + offset)
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
          onWheel={list.onWheel}
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
                  key={keyOf(index)}
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
      {!following.value && by === 'time' && (
        <button
          type="button"
          class="to-end"
          data-testid="to-end"
          onClick={() => {
            actions.selection.select(-1)
            list.goTo(list.newest)
          }}
        >
          {descending ? '↑' : '↓'} {fresh > 0 ? `${count(fresh)} new` : 'Latest'}
        </button>
      )}
    </>
  )
}
