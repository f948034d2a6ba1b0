import type { EventRow, GapRow, Row } from '../../engine/contract'
import { colourOf, count, duration, type TimeMode, time, visible } from '../model/format'
import { usePanel } from './context'

interface RowProps {
  index: number
  row: Row | undefined
  /** Session time of the row above. */
  previous: number | undefined
  selected: number
  mode: TimeMode
  started: number
}

export function TableRow(props: RowProps) {
  const { row, index } = props
  if (!row) return <div class="row" role="row" aria-rowindex={index + 1} />
  return row.item === 'gap' ? <Gap row={row} index={index} /> : <Event {...props} row={row} />
}

const WHY = {
  buffer: 'left the page’s buffer before they were stored',
  unload: 'were still in the page when it went away',
  paused: 'were emitted while recording was paused',
  oversize: 'were too large',
  evicted: 'were removed by the bound on the session’s size',
  corrupt: 'were stored but damaged',
  lost: 'never arrived',
} as const

function Gap({ row, index }: { row: GapRow; index: number }) {
  const { gap } = row
  return (
    <div class="row gap" role="row" aria-rowindex={index + 1} data-testid="gap-row" data-count={gap.count}>
      <span role="gridcell">
        ⋯ {count(gap.count)} {gap.count === 1 ? 'event is' : 'events are'} missing: {WHY[gap.reason]} (n {gap.fromN}–
        {gap.toN})
      </span>
    </div>
  )
}

/** `{"a":1}` as `{a: 1}`: the quotes of plain keys say nothing. */
function unquoted(json: string): string {
  return json.replace(/"([A-Za-z_$][\w$]*)":/g, '$1: ').replace(/,(?=[\w$"]+: )/g, ', ')
}

function Event({ row, index, previous, selected, mode, started }: RowProps & { row: EventRow }) {
  const { actions } = usePanel()
  const threw = row.flags.includes('threw')
  return (
    <div
      class={`row${row.seq === selected ? ' selected' : ''}${threw ? ' threw' : ''}${row.take ? ' taken' : ''}`}
      role="row"
      aria-rowindex={index + 1}
      aria-selected={row.seq === selected}
      data-testid="row"
      data-seq={row.seq}
      data-type={row.type}
      onClick={() => actions.select(row.seq)}
    >
      <span role="gridcell" class="seq">
        {row.seq}
      </span>
      <span role="gridcell" class="time">
        {time(mode, row.time, previous, started)}
      </span>
      <span role="gridcell" class="type" title={visible(row.type)}>
        <i class="dot" style={{ background: colourOf(row.type) }} aria-hidden="true" />
        {visible(row.type)}
      </span>
      <span role="gridcell" class="source">
        {visible(row.source)}
      </span>
      <span role="gridcell" class="level">
        {row.level}
      </span>
      <span role="gridcell" class="summary">
        {threw && <b class="bad">threw </b>}
        {visible(unquoted(row.summary))}
      </span>
      <span role="gridcell" class="cause">
        {row.cause >= 0 ? `#${row.cause}` : row.cause === -1 ? 'outside' : row.flags.includes('input') ? 'input' : ''}
      </span>
      <span role="gridcell" class="duration">
        {duration(row.duration)}
      </span>
    </div>
  )
}
