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

/** The page's flight recorder: the latest batches, whether or not anybody listens; oldest first. What becomes of them: delivery/delivery. */
export class BatchBuffer {
  readonly batches: KeptBatch[] = []
  /** Events kept; bytes kept; events known to be missing here. */
  events = 0
  bytes = 0
  missing = 0

  constructor(
    private readonly capacity: number,
    private readonly maxBytes: number,
    private readonly evicted: (batch: KeptBatch) => void,
  ) {}

  add(batch: KeptBatch): void {
    this.batches.push(batch)
    this.events += rowsOf(batch)
    this.bytes += batch.bytes
    while (this.batches.length > 1 && (this.spare() || this.bytes > this.maxBytes)) {
      const oldest = this.batches.shift() as KeptBatch
      this.events -= rowsOf(oldest)
      this.bytes -= oldest.bytes
      if (oldest.stage === Stage.unsent) this.missing += rowsOf(oldest)
      this.evicted(oldest)
    }
  }

  private spare(): boolean {
    const rows = rowsOf(this.batches[0] as KeptBatch)
    return rows > 0 ? this.events - rows >= this.capacity : this.batches.length > this.capacity
  }
}

function rowsOf(batch: KeptBatch): number {
  return batch.lastN - batch.firstN + 1
}
