import { Rows } from './rows'

/** Free blocks kept at most; in steady state one is given back for each one taken. */
const SPARE = 4
const SMALLEST = 16 * 1024

/** Lends blocks of rows and text and takes them back. */
export class Pool {
  private readonly rows: Rows[] = []
  private readonly texts = new Map<number, Uint8Array[]>()

  constructor(private readonly facets: readonly string[]) {}

  takeRows(): Rows {
    return this.rows.pop() ?? new Rows(this.facets)
  }

  /** A copy of `text` in a block that may be longer. */
  copy(text: Uint8Array): Uint8Array {
    let size = SMALLEST
    while (size < text.length) size += size >> 1
    const block = this.texts.get(size)?.pop() ?? new Uint8Array(size)
    block.set(text)
    return block
  }

  giveBack(rows: Rows): void {
    const { text } = rows
    rows.clear()
    if (this.rows.length < SPARE) this.rows.push(rows)
    if (text.length === 0) return
    rows.text = text.subarray(0, 0)
    const free = this.texts.get(text.length) ?? []
    if (free.length === 0) this.texts.set(text.length, free)
    if (free.length < SPARE) free.push(text)
  }
}
