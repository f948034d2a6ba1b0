import { CHUNK_ROWS } from '@playhead/shared/model/event'

/** The `count` of a selection that still has every row of its range. Its rows are written out only when some leave. */
export const ALL = -1

/**
 * The rows of one chunk that passed all tests so far. It has one of two forms:
 *
 *     count = ALL       the rows `from … to` (exclusive)
 *     count ≥ 0         the first `count` entries of `rows`, ascending
 *
 * Each test narrows it by one column. The loops write every row and move on by the table's 0 or 1, without a branch on the value. That
 * takes about 1 ns a row, however many pass:
 *
 *     rows[k] = row;  k += table[column[row]]
 */
export class Selection {
  rows = new Uint32Array(CHUNK_ROWS)
  from = 0
  to = 0
  count = ALL

  /** Selects the rows `from … to` (exclusive). */
  reset(from: number, to: number): void {
    this.from = from
    this.to = Math.max(from, to)
    this.count = ALL
    if (this.rows.length < this.to - this.from) this.rows = new Uint32Array(this.to - this.from)
  }

  /** Selects the rows that another selection has. */
  copy({ rows, from, to, count }: Selection): void {
    this.reset(from, to)
    this.count = count
    if (count !== ALL) this.rows.set(rows.subarray(0, count))
  }

  /** The selection still has every row of its range. */
  get isRange(): boolean {
    return this.count === ALL
  }

  /** Rows that are selected. */
  get size(): number {
    return this.count === ALL ? this.to - this.from : this.count
  }

  /** Selects no row. */
  clear(): void {
    this.count = 0
  }

  /** Returns `rows` with the selected rows written out, for tests that go row by row. Such a test then sets `count`. */
  explicit(): Uint32Array {
    const { rows, from, to } = this
    if (this.count === ALL) {
      for (let row = from, k = 0; row < to; row++) rows[k++] = row
      this.count = to - from
    }
    return rows
  }

  /** Keeps the rows whose value in `column` has a 1 in `table`; all other values must have a 0. */
  keep8(column: Uint8Array, table: Uint8Array): void {
    const { rows, from, to, count } = this
    let k = 0
    if (count === ALL) {
      for (let row = from; row < to; row++) {
        rows[k] = row
        k += table[column[row] as number] as number
      }
    } else {
      for (let i = 0; i < count; i++) {
        const row = rows[i] as number
        rows[k] = row
        k += table[column[row] as number] as number
      }
    }
    this.count = k
  }

  /** As `keep8`, for a column of 16-bit values. */
  keep16(column: Uint16Array, table: Uint8Array): void {
    const { rows, from, to, count } = this
    let k = 0
    if (count === ALL) {
      for (let row = from; row < to; row++) {
        rows[k] = row
        k += table[column[row] as number] as number
      }
    } else {
      for (let i = 0; i < count; i++) {
        const row = rows[i] as number
        rows[k] = row
        k += table[column[row] as number] as number
      }
    }
    this.count = k
  }

  /** Keeps the rows whose value in `column` lies in `low … high`, both inclusive. */
  keepBetween(column: Float64Array, low: number, high: number): void {
    const rows = this.explicit()
    let k = 0
    for (let i = 0; i < this.count; i++) {
      const row = rows[i] as number
      const value = column[row] as number
      rows[k] = row
      k += value >= low && value <= high ? 1 : 0
    }
    this.count = k
  }

  /** Sets `bits[row]` to 1 for every selected row. */
  mark(bits: Uint8Array): void {
    const { rows, from, to, count } = this
    if (count === ALL) bits.fill(1, from, to)
    else for (let i = 0; i < count; i++) bits[rows[i] as number] = 1
  }

  /** Keeps the rows whose `bits[row]` is `bit`. */
  keepMarked(bits: Uint8Array, bit: 0 | 1): void {
    const rows = this.explicit()
    let k = 0
    for (let i = 0; i < this.count; i++) {
      const row = rows[i] as number
      rows[k] = row
      k += bits[row] === bit ? 1 : 0
    }
    this.count = k
  }
}
