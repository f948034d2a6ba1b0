import { Intervals } from '@playhead/shared/log/intervals'
import type { Gap, GapReason } from '@playhead/shared/model/gap'
import type { ProducerInfo } from '@playhead/shared/model/session'
import { GapList } from './gap-list'
import { SeqIndex } from './seq-index'

/**
 * Knows of one producer which n are stored and which are missing. `covered` is the highest n that is either, so that at every moment
 *
 *     covered − base = stored + Σ gaps
 *
 *     n   1 … base │ base + 1 …            covered │ …  announced
 *                  │ stored, or in a gap           │ under way: spoken of by the producer, and not here yet
 *         the session before    index: n → seq
 *
 * An n that jumps over others leaves a gap `lost` at once. If they come after all, the gap shrinks; if somebody knows why they are missing,
 * the gap gets that reason. `known` has every n that was ever stored, evicted ones too, so an event that arrives twice is told by its n.
 */
export class ProducerLog {
  readonly gaps: GapList
  readonly index = new SeqIndex()
  /** Visible events of the producer. */
  stored = 0
  /** The highest n that is stored or known to be missing. */
  covered: number
  /** The highest n that the producer spoke of. What lies between `covered` and it is under way, or will never come. */
  announced: number
  /** The n up to which everything is on disk. */
  persisted: number
  /** Session time in ms of the event with the highest n; NaN before the first. */
  lastTime = Number.NaN
  /** True: the gaps changed and must be written. */
  gapsDirty = false
  /** Every n that was ever stored, evicted ones too, and all up to `base`. */
  readonly known = new Intervals()
  /** The n of hidden rows that were read from disk. */
  private readonly hidden = new Intervals()
  /** Numbers of the batches that were taken in since the engine started. */
  private readonly batches = new Intervals()

  constructor(
    readonly code: number,
    readonly info: ProducerInfo,
  ) {
    this.gaps = new GapList(info.id)
    this.covered = info.base
    this.announced = info.base
    this.persisted = info.base
    this.known.add(1, info.base)
  }

  /**
   * Tells whether a batch has not come before, over another link. Events that come twice are told by their n; all else in a batch by this.
   */
  isNew(batch: number): boolean {
    return this.batches.add(batch, batch) > 0
  }

  /** Returns those n of a run that are new, as ranges. */
  newIn(fromN: number, toN: number): [from: number, to: number][] {
    return fromN > this.known.end ? [[fromN, toN]] : this.known.missing(fromN, toN)
  }

  /**
   * Notes that `count` events from `n` on, all new, are stored from `seq` on. Times are session time in ms. Returns whether gaps changed.
   */
  store(n: number, count: number, seq: number, firstTime: number, lastTime: number): boolean {
    const last = n + count - 1
    let changed = false
    if (n > this.covered + 1) {
      const from = Number.isNaN(this.lastTime) ? firstTime : this.lastTime
      this.gaps.insert(this.covered + 1, n - 1, 'lost', from, firstTime)
      changed = true
    } else if (n <= this.covered) changed = this.gaps.remove(n, last) > 0
    if (last > this.covered) {
      this.covered = last
      this.lastTime = lastTime
      this.announced = Math.max(this.announced, last)
    }
    this.known.add(n, last)
    this.index.add(n, count, seq)
    this.stored += count
    this.gapsDirty ||= changed
    return changed
  }

  /** Notes that stored events were evicted, which makes a gap. Times are session time in ms. */
  evict(fromN: number, toN: number, from: number, to: number): void {
    this.gaps.insert(fromN, toN, 'evicted', from, to)
    this.stored -= toN - fromN + 1
    this.gapsDirty = true
  }

  /** Notes why events are missing. Those of them that are stored stay so. Times are session time in ms. Returns whether gaps changed. */
  missing(fromN: number, toN: number, reason: GapReason, from: number, to: number): boolean {
    let changed = false
    for (const [first, last] of this.known.missing(Math.max(fromN, this.info.base + 1), toN)) {
      if (first > this.covered + 1) this.gaps.insert(this.covered + 1, first - 1, 'lost', this.timeOr(from), from)
      changed = this.gaps.explain(first, last, reason, from, to) || changed
      this.covered = Math.max(this.covered, last)
    }
    this.announced = Math.max(this.announced, this.covered)
    this.gapsDirty ||= changed
    return changed
  }

  /**
   * Makes a gap of what was announced and did not come, because the link is gone. If it comes after all, the gap goes. Returns whether
   * gaps changed.
   */
  giveUp(): boolean {
    const { covered, announced } = this
    if (announced <= covered) return false
    const time = this.timeOr(0)
    return this.missing(covered + 1, announced, 'lost', time, time)
  }

  /**
   * Returns the n up to which the page need not send anything again. `oldest` is the lowest n in its buffer, 0 where that is empty: what is
   * missing without a reason and may be in the buffer is asked for.
   */
  acceptedFor(oldest: number): number {
    if (oldest === 0) return this.covered
    const hole = this.gaps.unexplainedFrom(oldest)
    return hole > 0 ? hole - 1 : this.covered
  }

  /** Takes over a run of rows of a stored chunk. `hidden`: they were evicted, and only their chunk is still there. */
  restoreRun(n: number, count: number, seq: number, lastTime: number, hidden: boolean): void {
    const last = n + count - 1
    if (hidden) this.hidden.add(n, last)
    else {
      this.known.add(n, last)
      this.index.add(n, count, seq)
      this.stored += count
    }
    if (last <= this.covered) return
    this.covered = last
    this.lastTime = lastTime
  }

  /** Takes over a stored gap, after all rows. Events that are stored stay so, whatever the gap says. */
  restoreGap({ fromN, toN, reason, from, to }: Gap): void {
    for (const [first, last] of this.known.missing(fromN, toN)) {
      this.gaps.explain(first, last, reason, from, to, true)
      if (reason === 'evicted') this.known.add(first, last)
    }
    this.covered = Math.max(this.covered, toN)
  }

  /**
   * Ends taking over: every n up to `emitted` that is nowhere becomes a gap with this reason. `timeOf` returns the session time of an n.
   */
  restored(emitted: number, reason: GapReason, timeOf: (n: number) => number): void {
    this.covered = Math.max(this.covered, emitted)
    const fill = (from: number, to: number, why: GapReason) => {
      for (const [first, last] of this.known.missing(Math.max(from, this.info.base + 1), to)) {
        const changed = this.gaps.explain(first, last, why, timeOf(first - 1), timeOf(last + 1), true)
        this.gapsDirty ||= changed
      }
    }
    for (const [first, last] of this.hidden.ranges) {
      fill(first, last, 'evicted')
      this.known.add(first, last)
    }
    fill(this.info.base + 1, this.covered, reason)
    this.announced = this.covered
    this.persisted = this.covered
  }

  /** The time of the last event; `time` where there is none. */
  private timeOr(time: number): number {
    return Number.isNaN(this.lastTime) ? time : this.lastTime
  }
}
