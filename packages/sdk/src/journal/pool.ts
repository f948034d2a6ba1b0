import { Rows } from './rows'

/** At most so many free blocks of one size are kept. In steady state one is given back for each one that is taken. */
const SPARE = 4
const SMALLEST = 16 * 1024

/** Lends the memory of batches, rows and blocks of text, and takes it back: to allocate it anew is what costs most in a page. */
export class Pool {
  private readonly rows: Rows[] = []
  private readonly texts = new Map<number, Uint8Array[]>()

  constructor(private readonly facets: readonly string[]) {}

  takeRows(): Rows {
    return this.rows.pop() ?? new Rows(this.facets)
  }

  /** Returns a copy of `text` in a block that may be longer. */
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
