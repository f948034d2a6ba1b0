import type { Filter } from '@playhead/shared/filter/filter'
import type { Gap } from '@playhead/shared/model/gap'
import { compareToKey, type OrderKey } from '../../log/order'
import type { LogReader } from '../../log/reader'
import type { SeqList } from '../scan/seq-list'

interface PlacedGap {
  gap: Gap
  /** Where the gap stands in shown order. */
  key: OrderKey
  /** How many events of the list stand before the gap. */
  before: number
}

/**
 * The gaps among the rows of a view. A gap stands right behind the last event known before it: it has that event's time and its own first
 * missing number. The filter's time range hides the gaps outside of it; no other term does, as the missing events might have matched.
 *
 *     item    0   1   2   3   4        before = [2, 3]: an item's index is its event's index
 *             e0  e1  gap e2  gap      plus the number of gaps before it
 */
export class GapRows {
  /** The gaps in shown order; undefined until somebody looks, since a page that loses events changes its gaps with every batch. */
  private known: PlacedGap[] | undefined
  /** The filter's time range in session ms, both inclusive. */
  private readonly low: number
  private readonly high: number
  /** `before` may be wrong for gaps that stand behind this index of the list; Infinity: it is right for all. */
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

  /** Gaps that are shown. */
  get count(): number {
    return this.placed.length
  }

  /** To be called when the log has other gaps. */
  reload(): void {
    this.known = undefined
  }

  /** To be called when the list of events changed at index `from` or behind it. */
  invalidate(from: number): void {
    this.staleFrom = Math.min(this.staleFrom, from)
  }

  /** What stands at place `index`, counting events and gaps: a gap, or (as a number) the index of an event in the list. */
  itemAt(index: number): PlacedGap | number {
    this.place()
    const gaps = this.gapsBeforeItem(index)
    const gap = this.placed[gaps]
    return gap && gap.before + gaps === index ? gap : index - gaps
  }

  /** Place, counting events and gaps, of the event at `index` of the list. */
  itemIndex(index: number): number {
    this.place()
    return index + this.countWhere(gap => (this.placed[gap] as PlacedGap).before <= index)
  }

  /** How many gaps stand before place `index`. */
  private gapsBeforeItem(index: number): number {
    return this.countWhere(gap => (this.placed[gap] as PlacedGap).before + gap < index)
  }

  /** Counts the gaps for which `holds` is true, by bisection: they must be the first ones. `holds` gets a gap's index. */
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

  /** Finds `before` anew for the gaps behind the changed part of the list. */
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

/** Session time (ms) of the last event before the gap, or of what comes nearest to it. */
function startOf(gap: Gap): number {
  return Number.isFinite(gap.from) ? gap.from : endOf(gap)
}

function endOf(gap: Gap): number {
  return Number.isFinite(gap.to) ? gap.to : Number.isFinite(gap.from) ? gap.from : Number.NEGATIVE_INFINITY
}

/** The time range (session ms) that every match of the filter lies in. Terms inside an `or` or a `not` do not narrow it. */
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
