import { Intervals } from '@playhead/shared/log/intervals'
import type { Gap, GapReason } from '@playhead/shared/model/gap'
import type { ProducerInfo } from '@playhead/shared/model/session'
import { GapList } from './gap-list'
import { SeqIndex } from './seq-index'

/**
 * One producer's numbers. `covered` is the highest number that is either stored or known to be missing, so that at every moment
 *
 *     covered − base = stored + Σ gaps
 */
export class ProducerLog {
  readonly gaps: GapList
  readonly index = new SeqIndex()
  /** Visible events. */
  stored = 0
  covered: number
  /** Highest number the producer spoke of; what lies between `covered` and it is under way, or will never come. */
  announced: number
  /** Highest number up to which everything is on disk. */
  persisted: number
  /** Session time of the newest event by number; NaN: none yet. */
  lastTime = Number.NaN
  gapsDirty = false
  /** Every number that was ever stored, evicted ones too, and all up to `base`. */
  readonly known = new Intervals()
  /** Numbers of hidden rows that were read back. */
  private readonly hidden = new Intervals()
  /** Numbers of batches taken in since the engine started. */
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

  /** False: the batch came before, over another link. Its events are told by their numbers, what else is in it by this. */
  isNew(batch: number): boolean {
    return this.batches.add(batch, batch) > 0
  }

  /** The numbers of a run that are new, as ranges. */
  newIn(fromN: number, toN: number): [from: number, to: number][] {
    return fromN > this.known.end ? [[fromN, toN]] : this.known.missing(fromN, toN)
  }

  /** Numbers `n … n + count − 1`, all new, are stored at `seq …`. True: gaps changed. */
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

  /** Numbers that were stored leave the visible capacity. */
  evict(fromN: number, toN: number, from: number, to: number): void {
    this.gaps.insert(fromN, toN, 'evicted', from, to)
    this.stored -= toN - fromN + 1
    this.gapsDirty = true
  }

  /** The producer, or the engine, says why numbers are missing. What is stored stays so. True: gaps changed. */
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

  /** Nothing more is under way: what was announced and did not come is missing, until it comes after all. */
  giveUp(): boolean {
    const { covered, announced } = this
    if (announced <= covered) return false
    const time = this.timeOr(0)
    return this.missing(covered + 1, announced, 'lost', time, time)
  }

  /** Up to where the engine has everything, seen from a buffer whose oldest event is `oldest` (0: it is empty). */
  acceptedFor(oldest: number): number {
    if (oldest === 0) return this.covered
    const hole = this.gaps.unexplainedFrom(oldest)
    return hole > 0 ? hole - 1 : this.covered
  }

  /** Rows of a stored chunk. `hidden`: evicted, but their chunk is still there. */
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

  /** After all rows. What is stored stays so, whatever a gap says. */
  restoreGap({ fromN, toN, reason, from, to }: Gap): void {
    for (const [first, last] of this.known.missing(fromN, toN)) {
      this.gaps.explain(first, last, reason, from, to, true)
      if (reason === 'evicted') this.known.add(first, last)
    }
    this.covered = Math.max(this.covered, toN)
  }

  /** All is read: numbers up to `emitted` that are nowhere are gaps. */
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

  private timeOr(time: number): number {
    return Number.isNaN(this.lastTime) ? time : this.lastTime
  }
}
