/** How far a batch has got on its way to an engine's disk. Older batches are never behind younger ones. */
export const Stage = { unsent: 0, sent: 1, accepted: 2, persisted: 3 } as const
export type Stage = (typeof Stage)[keyof typeof Stage]

export interface KeptBatch {
  /**
   * Numbers of its first and last event. Of a batch without events, `lastN` is the number of the last event before it and `firstN` is one
   * more.
   */
  firstN: number
  lastN: number
  /** Times of its first and last event, in ms on the producer's clock; of a batch without events, when it was closed. */
  firstTime: number
  lastTime: number
  /** Bytes that it takes in memory. */
  bytes: number
  /** Returns the batch as bytes, as it is sent. */
  data(): ArrayBuffer
  /** True: `data` makes new bytes each time, so that the caller may transfer them. */
  fresh: boolean
  stage: Stage
}

/**
 * The page's flight recorder: the latest batches, oldest first, whether or not a panel listens. It is bounded in two ways, by events and by
 * bytes. Batches go whole, so that it holds between `capacity` events and one batch more:
 *
 *     evicted ◀─ │ batch │ batch │ batch │ … │ batch │ ◀─ add
 *                 oldest: goes when the rest still holds `capacity` events, or while all take more than `maxBytes`
 *
 * A batch without events (a keyframe, a mark) counts as none of them; of these there are `capacity` at most. The newest batch always stays.
 * The buffer does not send anything; what a panel gets of it is told in delivery/delivery.
 */
export class BatchBuffer {
  readonly batches: KeptBatch[] = []
  /**
   * Events in the buffer; bytes that they take; events that are known to be missing, because they were pushed out unsent or not recorded.
   */
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

  /** Whether the oldest batch may go without there being too few events. */
  private spare(): boolean {
    const rows = rowsOf(this.batches[0] as KeptBatch)
    return rows > 0 ? this.events - rows >= this.capacity : this.batches.length > this.capacity
  }
}

function rowsOf(batch: KeptBatch): number {
  return batch.lastN - batch.firstN + 1
}
