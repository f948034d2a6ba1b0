import { useRef } from 'preact/hooks'
import { type Column, isAtEnd, moved, sortOf, titleOf } from '../state/columns'
import { usePanel } from '../state/context'
import { visible } from '../widgets/format'

/** A pointer may move so many px and still click. */
const CLICK = 4

interface HeadProps {
  columns: readonly Column[]
  style: Record<string, string>
}

/** The names of the columns: a click sorts, dragging moves, the edge resizes; with Alt and Shift the arrow keys do. */
export function TableHead({ columns, style }: HeadProps) {
  return (
    <div class="head-bar" role="rowgroup">
      <div class="row head" role="row" style={style} data-testid="table-head">
        {columns.map((column, index) => (
          <Head key={column.id} column={column} columns={columns} index={index} />
        ))}
      </div>
    </div>
  )
}

function Head({ column, columns, index }: { column: Column; columns: readonly Column[]; index: number }) {
  const { store, actions } = usePanel()
  const cell = useRef<HTMLDivElement>(null)
  const { id } = column
  const { sort } = store.table
  const by = sortOf(id)
  const sorted = by !== undefined && JSON.stringify(sort.value.by) === JSON.stringify(by)
  const direction = sort.value.descending ? 'descending' : 'ascending'

  /** Puts the column where another is now. Places count in all columns, also those that have no room. */
  const moveTo = (other: string | undefined) => {
    const all = store.table.columns.value
    const place = all.findIndex(one => one.id === other)
    if (place >= 0 && other !== id) actions.list.setColumns(moved(all, id, place))
  }
  const resizeBy = (by: number) => actions.list.resizeColumn(id, (cell.current?.offsetWidth ?? column.width) + by)

  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0
    if (step === 0 || !(event.altKey || event.shiftKey)) return
    event.preventDefault()
    if (event.altKey) moveTo(columns[index + step]?.id)
    else resizeBy(step * 12)
  }
  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0) return
    const target = event.currentTarget as HTMLElement
    const start = event.clientX
    target.setPointerCapture(event.pointerId)
    const onMove = ({ clientX }: PointerEvent) => {
      if (Math.abs(clientX - start) > CLICK) moveTo(passed(cell.current, clientX))
    }
    const onUp = ({ clientX }: PointerEvent) => {
      target.removeEventListener('pointermove', onMove)
      if (Math.abs(clientX - start) <= CLICK && by !== undefined) actions.list.sortBy(by)
    }
    target.addEventListener('pointermove', onMove)
    target.addEventListener('pointerup', onUp, { once: true })
    target.addEventListener('pointercancel', () => target.removeEventListener('pointermove', onMove), { once: true })
  }
  const onResize = (event: PointerEvent) => {
    event.stopPropagation()
    const target = event.currentTarget as HTMLElement
    const width = cell.current?.offsetWidth ?? 0
    const start = event.clientX
    target.setPointerCapture(event.pointerId)
    const onMove = ({ clientX }: PointerEvent) => actions.list.resizeColumn(id, width + clientX - start)
    target.addEventListener('pointermove', onMove)
    target.addEventListener('lostpointercapture', () => target.removeEventListener('pointermove', onMove), {
      once: true,
    })
  }
  return (
    <div
      ref={cell}
      role="columnheader"
      class={`cell ${isAtEnd(id) ? 'end' : ''}`}
      aria-sort={sorted ? direction : undefined}
      data-testid={`head-${id}`}
      data-id={id}
    >
      <button
        type="button"
        class="column"
        title={`${visible(titleOf(id))}${by === undefined ? '' : ': click sorts'} (Alt+← → moves, Shift+← → resizes)`}
        onPointerDown={onPointerDown}
        onKeyDown={onKeyDown}
        onClick={event => event.detail === 0 && by !== undefined && actions.list.sortBy(by)}
      >
        {visible(titleOf(id))}
        {sorted && <span aria-hidden="true"> {sort.value.descending ? '▾' : '▴'}</span>}
      </button>
      <span class="resizer" aria-hidden="true" data-testid={`resize-${id}`} onPointerDown={onResize} />
    </div>
  )
}

/** Finds the column farthest from `own` whose middle the pointer has passed. */
function passed(own: HTMLElement | null, clientX: number): string | undefined {
  let before = true
  let found: string | undefined
  for (const cell of own?.parentElement?.children ?? []) {
    if (cell === own) {
      before = false
      continue
    }
    const { left, width } = cell.getBoundingClientRect()
    const middle = left + width / 2
    if (before && clientX < middle) return (cell as HTMLElement).dataset.id
    if (!before && clientX > middle) found = (cell as HTMLElement).dataset.id
  }
  return found
}
