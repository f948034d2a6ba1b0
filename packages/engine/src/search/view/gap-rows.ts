import type { Filter } from '@playhead/shared/filter/filter'
import type { Gap } from '@playhead/shared/model/gap'
import { compareToKey, type OrderKey } from '../../log/order'
import type { LogReader } from '../../log/reader'
import type { SeqList } from '../scan/seq-list'

interface PlacedGap {
  gap: Gap
  key: OrderKey
  /** Events of the list before the gap. */
  before: number
}

/**
 * The gaps among the rows of a view. A gap stands right after the last event known before it: its place in the shown order is that of
 * its first missing number. Only the time range hides gaps: what is missing might have matched anything else.
 *
 *     item    0   1   2   3   4        before = [2, 3]: an item's index is its event's index
 *             e0  e1  gap e2  gap      plus the number of gaps before it
 */
export class GapRows {
  /** Undefined: to be read again when somebody looks. In bad times gaps change with every batch. */
  private known: PlacedGap[] | undefined
  private readonly low: number
  private readonly high: number
  /** Positions from this index of the list on may be stale. */
  private staleFrom = 0

  constructor(
    private readonly reader: LogReader,
    private readonly list: SeqList,
    filter: Filter,
  ) {
    const { from, to } = timeBounds(filter)
    this.low = from
    this.high = to
  }

  get count(): number {
    return this.placed.length
  }

  /** The log's gaps changed. */
  reload(): void {
    this.known = undefined
  }

  /** The list changed from this position on. */
  invalidate(from: number): void {
    this.staleFrom = Math.min(this.staleFrom, from)
  }

  /** What stands at an index of the items: a gap, or the index of an event in the list. */
  itemAt(index: number): PlacedGap | number {
    this.place()
    const gaps = this.gapsBeforeItem(index)
    const gap = this.placed[gaps]
    return gap && gap.before + gaps === index ? gap : index - gaps
  }

  /** Item index of the event at `index` of the list. */
  itemIndex(index: number): number {
    this.place()
    return index + this.countWhere(gap => (this.placed[gap] as PlacedGap).before <= index)
  }

  /** Gaps that stand before the item. */
  private gapsBeforeItem(index: number): number {
    return this.countWhere(gap => (this.placed[gap] as PlacedGap).before + gap < index)
  }

  private countWhere(holds: (gap: number) => boolean): number {
    let low = 0
    let high = this.placed.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (holds(middle)) low = middle + 1
      else high = middle
    }
    return low
  }

  private get placed(): PlacedGap[] {
    this.known ??= this.read()
    return this.known
  }

  private read(): PlacedGap[] {
    this.staleFrom = 0
    const codes = new Map(this.reader.producers.map((id, code) => [id, code]))
    return this.reader.gaps
      .filter(gap => !(startOf(gap) > this.high) && !(endOf(gap) < this.low))
      .map(gap => ({
        gap,
        key: { time: startOf(gap), producer: codes.get(gap.producer) ?? -1, n: gap.fromN },
        before: 0,
      }))
      .sort((a, b) => a.key.time - b.key.time || a.key.producer - b.key.producer || a.key.n - b.key.n)
  }

  private place(): void {
    const { placed } = this
    if (this.staleFrom === Number.POSITIVE_INFINITY) return
    for (const gap of placed) {
      if (gap.before < this.staleFrom) continue
      gap.before = this.list.countWhile(seq => compareToKey(this.reader, seq, gap.key) < 0)
    }
    this.staleFrom = Number.POSITIVE_INFINITY
  }
}

function startOf(gap: Gap): number {
  return Number.isFinite(gap.from) ? gap.from : endOf(gap)
}

function endOf(gap: Gap): number {
  return Number.isFinite(gap.to) ? gap.to : Number.isFinite(gap.from) ? gap.from : Number.NEGATIVE_INFINITY
}

/** Gaps outside of what the filter asks for are not shown. */
function timeBounds({ all = [] }: Filter): { from: number; to: number } {
  let from = Number.NEGATIVE_INFINITY
  let to = Number.POSITIVE_INFINITY
  for (const { not, any } of all) {
    const [only] = any
    if (not || any.length !== 1) continue
    if (only?.key === 'after') from = Math.max(from, only.time)
    if (only?.key === 'before') to = Math.min(to, only.time)
  }
  return { from, to }
}
