import { PAGE_COLUMNS, rowBytes } from '@playhead/shared/wire/column-set'
import { BatchBuffer, type KeptBatch, Stage } from './buffer'
import { Pool } from './pool'
import { BATCH_ROWS, type Rows } from './rows'
import type { JournalSettings } from './settings'

/** Bytes that the columns of one batch take. */
const ROWS_BYTES = BATCH_ROWS * rowBytes(PAGE_COLUMNS)

/** Turns rows into bytes, as the wire wants them. */
export interface Packing {
  encode(rows: Rows): ArrayBuffer
  /**
   * Encodes rows into `batch` where they are better kept as bytes, and returns true; a batch of 0 bytes is then not kept at all. False:
   * they stay rows.
   */
  packs(rows: Rows, batch: KeptBatch): boolean
}

/**
 * Keeps closed batches in the buffer, as rows or as bytes, and gives the memory of those that are gone to new ones.
 *
 *     journal ── full rows ──▶ keep ──▶ buffer ── evicted ──▶ pool
 *        ▲                      │  packed into bytes at once: the rows are free again      │
 *        └──── empty rows ──────┴──────────────────────────────────────────────────────────┘
 */
export class BatchMemory {
  readonly buffer: BatchBuffer
  /** Undefined until somebody wants bytes: until then all batches stay rows, and recording costs no encoding. */
  packing: Packing | undefined
  /** Called with every batch that the buffer let go. */
  onEvicted: ((batch: KeptBatch) => void) | undefined
  /** True: the buffer let keyframes go that no engine got, so that new ones should be made for the next. */
  keyframesLost = false
  private readonly pool: Pool
  /** The rows of those batches of the buffer that are not bytes. */
  private readonly kept = new Map<KeptBatch, Rows>()

  constructor(settings: JournalSettings) {
    this.pool = new Pool(settings.facets)
    this.buffer = new BatchBuffer(settings.capacity, settings.bufferBytes, batch => {
      if (batch.stage === Stage.unsent && batch.lastN < batch.firstN) this.keyframesLost = true
      this.onEvicted?.(batch)
      const rows = this.kept.get(batch)
      if (rows === undefined) return
      this.kept.delete(batch)
      this.pool.giveBack(rows)
    })
  }

  takeRows(): Rows {
    return this.pool.takeRows()
  }

  /**
   * Keeps a closed batch and returns empty rows for the next. `lastN` is the number of the last event so far, `now` the time in ms on the
   * producer's clock.
   */
  keep(rows: Rows, lastN: number, now: number): Rows {
    const { count, firstN } = rows
    const { time } = rows.columns
    const batch: KeptBatch = {
      firstN: count > 0 ? firstN : lastN + 1,
      lastN,
      firstTime: count > 0 ? (time[0] as number) : now,
      lastTime: count > 0 ? (time[count - 1] as number) : now,
      bytes: ROWS_BYTES,
      data: () => (this.packing as Packing).encode(rows),
      fresh: true,
      stage: Stage.unsent,
    }
    let next = rows
    if (this.packing?.packs(rows, batch)) rows.clear()
    else {
      rows.text = this.pool.copy(rows.text)
      batch.bytes += rows.text.length
      for (const { json } of rows.keyframes) batch.bytes += json.length
      this.kept.set(batch, rows)
      next = this.takeRows()
    }
    if (batch.bytes > 0) this.buffer.add(batch)
    return next
  }
}
