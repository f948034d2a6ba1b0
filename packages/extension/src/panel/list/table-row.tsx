import type { EventRow, GapRow, LineRow, Row } from '@playhead/engine/contract/view'
import { type Column, extraOf, isAtEnd } from '../state/columns'
import { usePanel } from '../state/context'
import { CategoryIcon } from '../widgets/category-icon'
import { count, duration, summaryText, type TimeMode, time, visible } from '../widgets/format'

interface RowProps {
  index: number
  row: Row | undefined
  /** Session time of the row above, in ms. */
  previous: number | undefined
  columns: readonly Column[]
  selection: ReadonlySet<number>
  mode: TimeMode
  started: number
  /** So many characters of the payload fit into its column. */
  room: number
}

export function TableRow(props: RowProps) {
  const { row, index } = props
  if (!row) {
    return (
      <div class="row" role="row" aria-rowindex={index + 1}>
        <span role="gridcell" />
      </div>
    )
  }
  if (row.item === 'gap') return <Gap row={row} index={index} />
  return row.item === 'line' ? <Line row={row} index={index} /> : <Event {...props} row={row} />
}

const WHY = {
  buffer: 'left the page’s buffer before they were stored',
  unload: 'were still in the page when it went away',
  paused: 'were emitted while recording was paused',
  oversize: 'were too large',
  evicted: 'were removed by the bound on the session’s size',
  corrupt: 'were stored but damaged',
  unseen: 'were emitted before the recorder was attached, or nested too deep to be seen',
  lost: 'never arrived',
  excerpt: 'were not chosen when the file was written',
} as const

function Gap({ row, index }: { row: GapRow; index: number }) {
  const { gap } = row
  return (
    <div class="row gap" role="row" aria-rowindex={index + 1} data-testid="gap-row" data-count={gap.count}>
      <span role="gridcell" class="all">
        ⋯ {count(gap.count)} {gap.count === 1 ? 'event is' : 'events are'} missing: {WHY[gap.reason]} (n {gap.fromN}–
        {gap.toN})
      </span>
    </div>
  )
}

function Line({ row, index }: { row: LineRow; index: number }) {
  const { store, actions } = usePanel()
  const { seq, line } = row
  return (
    <div
      class={store.selected.value === seq ? 'row line selected' : 'row line'}
      role="row"
      aria-rowindex={index + 1}
      data-testid="line-row"
      onClick={() => actions.selection.pick(seq, 'alone')}
    >
      <span role="gridcell" class="all">
        {store.table.unfolded.value.get(seq)?.[line] ?? ''}
      </span>
    </div>
  )
}

function Event(props: RowProps & { row: EventRow }) {
  const { row, index, columns, selection, room } = props
  const { store, actions } = usePanel()
  const chosen = selection.has(row.seq)
  const extras = columns.filter(({ id }) => extraOf(id))
  const classes = ['row', chosen && 'selected', row.seq === store.selected.value && 'current']
  if (row.found) classes.push('found')
  if (row.flags.includes('threw')) classes.push('threw')
  if (row.take) classes.push('taken')
  return (
    <div
      class={classes.filter(Boolean).join(' ')}
      role="row"
      aria-rowindex={index + 1}
      aria-selected={chosen}
      data-testid="row"
      data-seq={row.seq}
      data-type={row.type}
      onClick={event =>
        actions.selection.pick(row.seq, event.shiftKey ? 'range' : event.ctrlKey || event.metaKey ? 'toggle' : 'alone')
      }
    >
      {columns.map(({ id }, place) => (
        <span key={id} role="gridcell" class={`cell ${id.includes(':') ? 'extra' : id}${isAtEnd(id) ? ' end' : ''}`}>
          {place === 0 && unfoldSign(row.seq, store.table.unfolded.value.has(row.seq), actions.list.unfold)}
          {textOf(props, id, row.extra?.[extras.findIndex(column => column.id === id)]) ?? (
            <Cell id={id} row={row} room={room} />
          )}
        </span>
      ))}
    </div>
  )
}

/** Writes a cell that is only text, which needs no component: there are hundreds of cells. Undefined where a Cell shows it. */
function textOf(props: RowProps & { row: EventRow }, id: string, extra: string | undefined): string | undefined {
  const { row, mode, previous, started, room } = props
  switch (id) {
    case 'time':
      return time(mode, row.time, previous, started)
    case 'source':
      return visible(row.source)
    case 'level':
      return row.level
    case 'kind':
      return row.kind
    case 'take':
      return row.take ? String(row.take) : ''
    case 'size':
      return count(row.size)
    case 'duration':
      return duration(row.duration)
    case 'cause':
      if (row.cause >= 0) return `#${row.cause}`
      return row.cause === -1 ? 'outside' : row.flags.includes('input') ? 'input' : ''
    case 'summary':
      return row.flags.includes('threw') || row.repeats ? undefined : summaryText(row.summary, room)
    case 'seq':
    case 'type':
    case 'producer':
      return undefined
    default:
      return visible(extra ?? '')
  }
}

function Cell({ row, id, room }: { row: EventRow; id: string; room: number }) {
  const { store } = usePanel()
  switch (id) {
    case 'seq':
      return (
        <>
          {store.shown.value?.bookmarks?.includes(row.id) && (
            <b class="bookmark" title="Bookmarked">
              ★
            </b>
          )}
          {row.seq}
        </>
      )
    case 'producer':
      return <>{visible(store.shown.value?.producers[row.producer]?.name ?? String(row.producer))}</>
    case 'summary':
      return (
        <>
          {row.repeats && !row.repeats.open && <small class="over-time">over {overTime(row)} · </small>}
          {row.flags.includes('threw') && <b class="bad">threw </b>}
          {summaryText(row.summary, room)}
        </>
      )
    default:
      return <TypeCell row={row} />
  }
}

/** Unfolds the payload below the row, or folds it; the arrow keys do it too. No component of its own: every row has one. */
function unfoldSign(seq: number, open: boolean, unfold: (seq: number, open: boolean) => Promise<void>) {
  return (
    <button
      type="button"
      class="unfold"
      data-testid="unfold"
      tabIndex={-1}
      aria-expanded={open}
      aria-label={`Payload of #${seq} in the list`}
      onClick={event => {
        event.stopPropagation()
        void unfold(seq, !open)
      }}
    >
      {open ? '▾' : '▸'}
    </button>
  )
}

/** Writes the time from the first to the last event of a group, whatever their order is. */
function overTime({ time, repeats }: EventRow): string {
  return duration(Math.abs((repeats?.until ?? time) - time)) || 'no time'
}

function TypeCell({ row }: { row: EventRow }) {
  const { store, actions } = usePanel()
  const { repeats } = row
  const { categories } = store.timeline.known.value
  /** The type's whole name, and what the app says of it. */
  const hint = [row.type, categories.descriptionOf(row.type)].filter(Boolean)
  return (
    <>
      <CategoryIcon category={categories.of(row.type)} before />
      <span title={hint.map(visible).join('\n')}>{visible(row.type)}</span>
      {repeats && (
        <button
          type="button"
          class="repeats"
          data-testid="repeats"
          data-count={repeats.count}
          aria-expanded={repeats.open}
          title={`${count(repeats.count)} in a row, over ${overTime(row)}`}
          onClick={event => {
            event.stopPropagation()
            actions.list.openGroup(row.seq, !repeats.open)
          }}
        >
          {repeats.open ? '▾' : '▸'} ×{count(repeats.count)}
        </button>
      )}
    </>
  )
}
