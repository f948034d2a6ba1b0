import type { Gap, GapReason } from '@playhead/shared/model/gap'
import type { ProducerId } from '@playhead/shared/model/id'
import { type BatchBuffer, type KeptBatch, Stage } from '../journal/buffer'
import { appendGap, insertGap } from './gaps'

/** At most so many pauses are remembered; events of an older one count as pushed out of the buffer. */
const PAUSES = 1000

/**
 * Says what of the buffer is sent to an engine, and what an engine must be told as missing. It does not send; the link does. The buffer
 * holds the batches in the order of their events, and each batch in the stage it has reached:
 *
 *     buffer   [ persisted … │ accepted … │ sent … │ unsent … ]  ← new batches
 *                ↑ evicted from here                 ↑ `next`, the batch to send now
 *
 *     sent        posted on the port of the link
 *     accepted    taken in by the engine, as its ack says
 *     persisted   on the engine's disk, as its ack says
 *
 * What an engine lacks comes from three places, and each becomes a gap with its reason:
 *
 *  - `evicted`: the buffer was full and let a batch go that was never sent. The gap is told with the next batch behind it.
 *  - `skip`: events got numbers only, because the panel paused the recording, or a batch was too large for the wire. Pauses are remembered,
 *    for an engine that comes later.
 *  - `resume`: a link has begun, and its engine says which number it has everything up to. Batches it lacks are unsent again, whatever
 *    became of them on an earlier link; numbers between them that the buffer no longer holds are gaps.
 *
 * So for each engine, whatever happened to the links: events emitted = events delivered + events in gaps.
 */
export class Delivery {
  /** The highest number that any engine has taken in, and that any has on its disk. */
  taken = 0
  persisted = 0
  /** Gaps that no engine was told of, in the order of their numbers. Each is told before the next batch behind it. */
  private readonly untold: Gap[] = []
  /** Gaps that `skip` was told of, the latest thousand: `resume` gives them their reason again. */
  private readonly pauses: Gap[] = []
  /** Index in the buffer of the oldest batch that was not sent on this link. */
  private firstUnsent = 0

  constructor(
    private readonly producer: ProducerId,
    private readonly buffer: BatchBuffer,
  ) {}

  /** Notes that the events `fromN … toN` got numbers and nothing else; `from` and `to` are times in ms on the producer's clock. */
  skip(fromN: number, toN: number, reason: GapReason, from: number, to: number): void {
    if (toN < fromN) return
    this.buffer.missing += toN - fromN + 1
    const gap = this.gap(fromN, toN, reason, from, to)
    appendGap(this.pauses, gap)
    if (this.pauses.length > PAUSES) this.pauses.shift()
    appendGap(this.untold, gap)
  }

  /** Notes that the buffer let its oldest batch go. */
  evicted(batch: KeptBatch): void {
    if (this.firstUnsent > 0) this.firstUnsent--
    if (batch.stage !== Stage.unsent || batch.lastN < batch.firstN) return
    insertGap(this.untold, this.gap(batch.firstN, batch.lastN, 'buffer', batch.firstTime, batch.lastTime))
  }

  /** Returns the oldest batch that was not sent on this link. */
  next(): KeptBatch | undefined {
    return this.buffer.batches[this.firstUnsent]
  }

  sent(): void {
    const batch = this.buffer.batches[this.firstUnsent++]
    if (batch) batch.stage = Stage.sent
  }

  /** Returns the gaps before number `n`, and forgets them: the caller tells the engine. */
  takeGaps(n: number): Gap[] {
    let count = 0
    while (count < this.untold.length && (this.untold[count] as Gap).toN < n) count++
    return this.untold.splice(0, count)
  }

  acknowledge(accepted: number, persisted: number): void {
    this.note(accepted, persisted)
    for (let i = 0; i < this.firstUnsent; i++) {
      const batch = this.buffer.batches[i] as KeptBatch
      if (batch.lastN <= persisted) batch.stage = Stage.persisted
      else if (batch.lastN <= accepted) batch.stage = Math.max(batch.stage, Stage.accepted) as Stage
      else break
    }
  }

  /**
   * Begins to deliver to an engine that has all events up to `accepted`, of the `emitted` there are: sets what is to be sent, and what is
   * to be told as missing.
   */
  resume(accepted: number, persisted: number, emitted: number): void {
    this.note(accepted, persisted)
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

  private note(accepted: number, persisted: number): void {
    this.taken = Math.max(this.taken, accepted)
    this.persisted = Math.max(this.persisted, persisted)
  }

  /** Returns the batches that were sent and are not known to have arrived. */
  underWay(): KeptBatch[] {
    return this.buffer.batches.filter(batch => batch.stage === Stage.sent)
  }

  /** Notes gaps for all of `fromN … toN`: with the reason of the pause where there was one, and as pushed out of the buffer elsewhere. */
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
