import type { Gap, GapReason } from '@playhead/shared/model/gap'
import type { ProducerId } from '@playhead/shared/model/id'
import { type BatchBuffer, type KeptBatch, Stage } from '../journal/buffer'
import { appendGap, insertGap } from './gaps'

const PAUSES = 1000

/**
 * What becomes of the buffer's batches once somebody listens, and what that somebody must be told as missing.
 *
 *     [ persisted … | accepted … | sent … | unsent … ]  ← add
 *       evicted from here            ↑ next to send
 *
 * What is evicted before it was sent is a gap, told at once. What is evicted later is only missing for an engine that turns out not
 * to have it: `resume` counts everything the engine lacks and the buffer no longer holds. So for each engine, whatever happened to
 * the links: emitted = delivered + gaps.
 */
export class Delivery {
  /** Highest number that any engine has taken in. */
  taken = 0
  /** Gaps to tell before the next batch behind them. */
  private readonly untold: Gap[] = []
  private readonly pauses: Gap[] = []
  private firstUnsent = 0

  constructor(
    private readonly producer: ProducerId,
    private readonly buffer: BatchBuffer,
  ) {}

  /** Events that got numbers and nothing else. */
  skip(fromN: number, toN: number, reason: GapReason, from: number, to: number): void {
    if (toN < fromN) return
    this.buffer.missing += toN - fromN + 1
    const gap = this.gap(fromN, toN, reason, from, to)
    appendGap(this.pauses, gap)
    if (this.pauses.length > PAUSES) this.pauses.shift()
    appendGap(this.untold, gap)
  }

  /** The buffer let its oldest batch go. */
  evicted(batch: KeptBatch): void {
    if (this.firstUnsent > 0) this.firstUnsent--
    if (batch.stage !== Stage.unsent || batch.lastN < batch.firstN) return
    insertGap(this.untold, this.gap(batch.firstN, batch.lastN, 'buffer', batch.firstTime, batch.lastTime))
  }

  /** The oldest batch that was not sent on this link. */
  next(): KeptBatch | undefined {
    return this.buffer.batches[this.firstUnsent]
  }

  sent(): void {
    const batch = this.buffer.batches[this.firstUnsent++]
    if (batch) batch.stage = Stage.sent
  }

  /** Takes the gaps that lie before number `n`. */
  takeGaps(n: number): Gap[] {
    let count = 0
    while (count < this.untold.length && (this.untold[count] as Gap).toN < n) count++
    return this.untold.splice(0, count)
  }

  acknowledge(accepted: number, persisted: number): void {
    this.taken = Math.max(this.taken, accepted)
    for (let i = 0; i < this.firstUnsent; i++) {
      const batch = this.buffer.batches[i] as KeptBatch
      if (batch.lastN <= persisted) batch.stage = Stage.persisted
      else if (batch.lastN <= accepted) batch.stage = Math.max(batch.stage, Stage.accepted) as Stage
      else break
    }
  }

  /** An engine says what it has of the events up to `emitted`: sets what to send it and what to tell it as missing. */
  resume(accepted: number, persisted: number, emitted: number): void {
    this.taken = Math.max(this.taken, accepted)
    this.untold.length = 0
    this.firstUnsent = 0
    let at = accepted + 1
    for (const batch of this.buffer.batches) {
      const has = batch.lastN >= batch.firstN ? batch.lastN <= accepted : batch.lastN < accepted
      if (has) {
        this.firstUnsent++
        batch.stage = batch.lastN <= persisted ? Stage.persisted : Stage.accepted
        continue
      }
      batch.stage = Stage.unsent
      this.explain(at, batch.firstN - 1, batch.firstTime)
      at = Math.max(at, batch.lastN + 1)
    }
    this.explain(at, emitted, 0)
  }

  /** Batches sent and not known to have arrived. */
  underWay(): KeptBatch[] {
    return this.buffer.batches.filter(batch => batch.stage === Stage.sent)
  }

  /** Gaps for `fromN … toN`: pauses where they were pauses, the rest was pushed out. */
  private explain(fromN: number, toN: number, time: number): void {
    let at = fromN
    for (const pause of this.pauses) {
      if (pause.toN < at || pause.fromN > toN) continue
      if (pause.fromN > at) appendGap(this.untold, this.gap(at, pause.fromN - 1, 'buffer', pause.from, pause.from))
      const end = Math.min(pause.toN, toN)
      appendGap(this.untold, this.gap(Math.max(at, pause.fromN), end, pause.reason, pause.from, pause.to))
      at = end + 1
    }
    if (at <= toN) appendGap(this.untold, this.gap(at, toN, 'buffer', time, time))
  }

  private gap(fromN: number, toN: number, reason: GapReason, from: number, to: number): Gap {
    return { producer: this.producer, fromN, toN, reason, count: toN - fromN + 1, from, to }
  }
}
