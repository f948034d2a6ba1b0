import type { Gap, GapReason } from '@playhead/shared/model/gap'
import type { ProducerId } from '@playhead/shared/model/id'

/** How far a batch has got. Older batches are never behind younger ones. */
export const Stage = { unsent: 0, sent: 1, accepted: 2, persisted: 3 } as const
export type Stage = (typeof Stage)[keyof typeof Stage]

export interface KeptBatch {
  /** Numbers of its first and last event; without events, `lastN` is the number before it and `firstN` one more. */
  firstN: number
  lastN: number
  /** ms on the producer's clock. */
  firstTime: number
  lastTime: number
  /** What it takes in memory. */
  bytes: number
  /** The batch as it is sent. */
  data(): ArrayBuffer
  /** `data` makes a new one each time: it may be given away. */
  fresh: boolean
  stage: Stage
}

const PAUSES = 1000

/**
 * The page's flight recorder: the latest batches, whether or not anybody listens.
 *
 *     [ persisted … | accepted … | sent … | unsent … ]  ← add
 *       evicted from here            ↑ next to send
 *
 * What is evicted before it was sent is a gap, told at once. What is evicted later is only missing for an engine that turns out not
 * to have it: `resume` counts everything the engine lacks and the buffer no longer holds. So for each engine, whatever happened to
 * the links: emitted = delivered + gaps.
 */
export class BatchBuffer {
  readonly batches: KeptBatch[] = []
  /** Gaps to tell before the next batch behind them. */
  readonly untold: Gap[] = []
  /** Events kept; bytes kept; events known to be missing here. */
  events = 0
  bytes = 0
  missing = 0
  /** Highest number that any engine has taken in. */
  taken = 0
  private firstUnsent = 0
  private readonly pauses: Gap[] = []

  constructor(
    private readonly producer: ProducerId,
    private readonly capacity: number,
    private readonly maxBytes: number,
    private readonly evicted: (batch: KeptBatch) => void = () => {},
  ) {}

  /** Number of the oldest event kept, 0: none. */
  get oldest(): number {
    return this.batches.find(batch => batch.lastN >= batch.firstN)?.firstN ?? 0
  }

  add(batch: KeptBatch): void {
    this.batches.push(batch)
    this.events += batch.lastN - batch.firstN + 1
    this.bytes += batch.bytes
    while (this.batches.length > 1 && (this.spare() || this.bytes > this.maxBytes)) this.evict()
  }

  /** Events that got numbers and nothing else. */
  skip(fromN: number, toN: number, reason: GapReason, from: number, to: number): void {
    if (toN < fromN) return
    this.missing += toN - fromN + 1
    const gap = this.gap(fromN, toN, reason, from, to)
    append(this.pauses, gap)
    if (this.pauses.length > PAUSES) this.pauses.shift()
    append(this.untold, gap)
  }

  /** The oldest batch that was not sent on this link. */
  next(): KeptBatch | undefined {
    return this.batches[this.firstUnsent]
  }

  sent(): void {
    const batch = this.batches[this.firstUnsent++]
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
      const batch = this.batches[i] as KeptBatch
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
    for (const batch of this.batches) {
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
    return this.batches.filter(batch => batch.stage === Stage.sent)
  }

  private spare(): boolean {
    const oldest = this.batches[0] as KeptBatch
    const rows = oldest.lastN - oldest.firstN + 1
    return rows > 0 ? this.events - rows >= this.capacity : this.batches.length > this.capacity
  }

  private evict(): void {
    const batch = this.batches.shift() as KeptBatch
    const rows = batch.lastN - batch.firstN + 1
    this.events -= rows
    this.bytes -= batch.bytes
    if (this.firstUnsent > 0) this.firstUnsent--
    this.evicted(batch)
    if (batch.stage !== Stage.unsent || rows === 0) return
    this.missing += rows
    insert(this.untold, this.gap(batch.firstN, batch.lastN, 'buffer', batch.firstTime, batch.lastTime))
  }

  /** Gaps for `fromN … toN`: pauses where they were pauses, the rest was pushed out. */
  private explain(fromN: number, toN: number, time: number): void {
    let at = fromN
    for (const pause of this.pauses) {
      if (pause.toN < at || pause.fromN > toN) continue
      if (pause.fromN > at) append(this.untold, this.gap(at, pause.fromN - 1, 'buffer', pause.from, pause.from))
      const end = Math.min(pause.toN, toN)
      append(this.untold, this.gap(Math.max(at, pause.fromN), end, pause.reason, pause.from, pause.to))
      at = end + 1
    }
    if (at <= toN) append(this.untold, this.gap(at, toN, 'buffer', time, time))
  }

  private gap(fromN: number, toN: number, reason: GapReason, from: number, to: number): Gap {
    return { producer: this.producer, fromN, toN, reason, count: toN - fromN + 1, from, to }
  }
}

/** Appends, or makes the last one longer. */
function append(gaps: Gap[], gap: Gap): void {
  const last = gaps[gaps.length - 1]
  if (last === undefined || last.reason !== gap.reason || last.toN + 1 !== gap.fromN) {
    gaps.push({ ...gap })
    return
  }
  last.toN = gap.toN
  last.count += gap.count
  last.to = Math.max(last.to, gap.to)
}

/** Keeps the order of numbers: an eviction may lie before a pause that nobody was told of yet. */
function insert(gaps: Gap[], gap: Gap): void {
  let i = gaps.length
  while (i > 0 && (gaps[i - 1] as Gap).fromN > gap.fromN) i--
  const before = gaps.slice(0, i)
  append(before, gap)
  gaps.splice(0, i, ...before)
}
