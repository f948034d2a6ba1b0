import type { Gap, GapReason } from '@playhead/shared/model/gap'
import type { ProducerId } from '@playhead/shared/model/id'

/** Tells whether a reason explains nothing, so that a later message may know a better one, or even bring the events. */
export function isUnexplained(reason: GapReason): boolean {
  return reason === 'lost' || reason === 'corrupt'
}

/**
 * The events that are missing of one producer. The gaps are sorted by n, never overlap, and neighbours with the same reason are one gap:
 *
 *     n            1 … 40 │ 41 … 60 │ 61 … 70 │ 71 … 90 │ 91 …
 *     in the log   yes    │         │ yes     │         │              gaps: [41–60 evicted] [71–90 lost]
 *
 *     insert(91, 95, 'lost')     [41–60 evicted] [71–95 lost]                            numbers that are in no gap yet
 *     remove(80, 82)             [41–60 evicted] [71–79 lost] [83–90 lost]               events that arrived after all
 *     explain(71, 93, 'buffer')  [41–60 evicted] [71–93 buffer]                          `lost` and holes get the reason, a good one stays
 *
 * The caller makes sure that none of these numbers is in the log: `ProducerLog` asks its set of known numbers first. Every operation finds
 * its place by binary search; nearly all happen at the end.
 */
export class GapList {
  readonly gaps: Gap[] = []
  /** Events that are missing: the sum of all gaps. */
  count = 0

  constructor(private readonly producer: ProducerId) {}

  /** Adds numbers, none of which may be in a gap. `from` and `to` are the session times in ms of the events around them. */
  insert(fromN: number, toN: number, reason: GapReason, from: number, to: number): void {
    if (toN < fromN) return
    const { gaps } = this
    const at = this.firstEndingFrom(fromN)
    this.count += toN - fromN + 1
    const before = gaps[at - 1]
    const after = gaps[at]
    const joinsBefore = before !== undefined && before.reason === reason && before.toN + 1 === fromN
    const joinsAfter = after !== undefined && after.reason === reason && after.fromN === toN + 1
    if (joinsBefore) {
      const last = joinsAfter ? after : undefined
      gaps[at - 1] = this.gap(before.fromN, last?.toN ?? toN, reason, before.from, last?.to ?? Math.max(before.to, to))
      if (last) gaps.splice(at, 1)
    } else if (joinsAfter) gaps[at] = this.gap(fromN, after.toN, reason, Math.min(from, after.from), after.to)
    else gaps.splice(at, 0, this.gap(fromN, toN, reason, from, to))
  }

  /** Removes every gap. */
  clear(): void {
    this.gaps.length = 0
    this.count = 0
  }

  /** Takes numbers out of their gaps, which shrink or split. Returns how many of them were in a gap. */
  remove(fromN: number, toN: number): number {
    const { gaps } = this
    const at = this.firstEndingFrom(fromN)
    let end = at
    let removed = 0
    const rest: Gap[] = []
    for (; end < gaps.length && gaps[end]!.fromN <= toN; end++) {
      const gap = gaps[end]!
      removed += Math.min(gap.toN, toN) - Math.max(gap.fromN, fromN) + 1
      if (gap.fromN < fromN) rest.push(this.gap(gap.fromN, fromN - 1, gap.reason, gap.from, gap.to))
      if (gap.toN > toN) rest.push(this.gap(toN + 1, gap.toN, gap.reason, gap.from, gap.to))
    }
    if (end > at) gaps.splice(at, end - at, ...rest)
    this.count -= removed
    return removed
  }

  /**
   * Gives a reason to numbers that are not in the log. Gaps in the range that have a reason keep it, unless it explains nothing; numbers
   * that are in no gap become one. `holesOnly`: gaps keep any reason. Returns whether anything changed.
   */
  explain(fromN: number, toN: number, reason: GapReason, from: number, to: number, holesOnly = false): boolean {
    const kept: Gap[] = []
    for (let i = this.firstEndingFrom(fromN); i < this.gaps.length && this.gaps[i]!.fromN <= toN; i++) {
      const gap = this.gaps[i]!
      if (holesOnly || !isUnexplained(gap.reason)) kept.push(gap)
    }
    let next = fromN
    let changed = false
    const put = (first: number, last: number) => {
      if (last < first) return
      this.remove(first, last)
      this.insert(first, last, reason, from, to)
      changed = true
    }
    for (const gap of kept) {
      put(next, gap.fromN - 1)
      next = gap.toN + 1
    }
    put(next, toN)
    return changed
  }

  /** Returns the first n of the oldest unexplained gap that ends at `n` or later; 0 where there is none. */
  unexplainedFrom(n: number): number {
    for (let i = this.firstEndingFrom(n); i < this.gaps.length; i++) {
      const gap = this.gaps[i]!
      if (isUnexplained(gap.reason)) return gap.fromN
    }
    return 0
  }

  private gap(fromN: number, toN: number, reason: GapReason, from: number, to: number): Gap {
    return { producer: this.producer, fromN, toN, reason, count: toN - fromN + 1, from, to }
  }

  /** Returns the index of the first gap that ends at `n` or later. */
  private firstEndingFrom(n: number): number {
    const { gaps } = this
    let low = 0
    let high = gaps.length
    if (high > 0 && gaps[high - 1]!.toN < n) return high
    while (low < high) {
      const middle = (low + high) >>> 1
      if (gaps[middle]!.toN < n) low = middle + 1
      else high = middle
    }
    return low
  }
}
