import { useRef } from 'preact/hooks'
import { type Column, isAtEnd, moved, sortOf, titleOf } from '../model/columns'
import { visible } from '../model/format'
import { ColumnsMenu } from './columns-menu'
import { usePanel } from './context'

/** Pixels that a pointer may move and still click. */
const CLICK = 4

interface HeadProps {
  columns: readonly Column[]
  style: Record<string, string>
}

/** Names of the columns: a click sorts, dragging moves, the edge resizes; with Alt and Shift the arrow keys do. */
export function TableHead({ columns, style }: HeadProps) {
  return (
    <div class="head-bar" role="presentation">
      <div class="row head" role="row" style={style} data-testid="table-head">
        {columns.map((column, index) => (
          <Head key={column.id} column={column} columns={columns} index={index} />
        ))}
      </div>
      <ColumnsMenu />
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

  /** Places count in all columns, also those that have no room now. */
  const moveTo = (target: number) => {
    const all = store.table.columns.value
    const other = columns[target]
    if (other && other.id !== id)
      actions.setColumns(
        moved(
          all,
          id,
          all.findIndex(one => one.id === other.id),
        ),
      )
  }
  const resizeBy = (by: number) => actions.resizeColumn(id, (cell.current?.offsetWidth ?? column.width) + by)

  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0
    if (step === 0 || !(event.altKey || event.shiftKey)) return
    event.preventDefault()
    if (event.altKey) moveTo(index + step)
    else resizeBy(step * 12)
  }
  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0) return
    const target = event.currentTarget as HTMLElement
    const start = event.clientX
    target.setPointerCapture(event.pointerId)
    const onMove = ({ clientX }: PointerEvent) => {
      const over = columns.findIndex((_, i) => {
        const box = target.closest('.head')?.children[i]?.getBoundingClientRect()
        return box && clientX >= box.left && clientX < box.right
      })
      if (Math.abs(clientX - start) > CLICK && over >= 0 && over !== index) moveTo(over)
    }
    const onUp = ({ clientX }: PointerEvent) => {
      target.removeEventListener('pointermove', onMove)
      if (Math.abs(clientX - start) <= CLICK && by !== undefined) actions.sortBy(by)
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
    const onMove = ({ clientX }: PointerEvent) => actions.resizeColumn(id, width + clientX - start)
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
    >
      <button
        type="button"
        class="column"
        title={`${visible(titleOf(id))}${by === undefined ? '' : ': click sorts'} (Alt+← → moves, Shift+← → resizes)`}
        onPointerDown={onPointerDown}
        onKeyDown={onKeyDown}
        onClick={event => event.detail === 0 && by !== undefined && actions.sortBy(by)}
      >
        {visible(titleOf(id))}
        {sorted && <span aria-hidden="true"> {sort.value.descending ? '▾' : '▴'}</span>}
      </button>
      <span class="resizer" aria-hidden="true" data-testid={`resize-${id}`} onPointerDown={onResize} />
    </div>
  )
}
