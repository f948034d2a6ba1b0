const encoder = new TextEncoder()

/**
 * Finds a short byte string, the needle, in a stretch of bytes. A needle of four bytes or more moves ahead by as much as the byte under its
 * end allows (the Boyer–Moore–Horspool algorithm), which is three times as fast as decoding the text and calling `indexOf`:
 *
 *     text      o  n  e  ·  e  v  e  n  t
 *     needle    e  v  e  n  t                    `e` is under its end, and its last `e` is 2 before its end: it moves by 2
 *                     e  v  e  n  t              `e` again
 *                           e  v  e  n  t        `t`: the needle may lie here, so its other bytes are compared
 *
 * A shorter needle moves by its own length, which is faster, as the next step does not wait for a table to be read.
 */
export class ByteFinder {
  private readonly needle: Uint8Array
  /** For each byte, how far the needle may move when that byte lies under its end; 0: the needle may lie here, look closer. */
  private readonly skip: Uint8Array
  /** For each byte, 1 when it occurs in the needle. Used for short needles. */
  private readonly occurs: Uint8Array
  /** How far the needle moves after a closer look that failed. */
  private readonly after: number
  /** For each byte, the byte that it is compared as. */
  private readonly fold: Uint8Array

  /** With `foldCase`, ASCII letters match in either case; the needle must be in lower case then. */
  constructor(needle: string, foldCase: boolean) {
    this.needle = encoder.encode(needle)
    const length = this.needle.length
    this.fold = new Uint8Array(256).map((_, byte) => (foldCase && byte >= 65 && byte <= 90 ? byte + 32 : byte))
    const step = Math.min(length, 255)
    const shift = new Uint8Array(256).fill(step)
    for (let i = Math.max(0, length - 255); i < length; i++) shift[this.needle[i] as number] = length - 1 - i
    this.skip = shift.map((_, byte) => shift[this.fold[byte] as number] as number)
    this.occurs = this.fold.map(byte => (this.needle.includes(byte) ? 1 : 0))
    const last = this.needle[length - 1]
    const before = this.needle.lastIndexOf(last as number, length - 2)
    this.after = length < 2 ? 1 : before < 0 ? step : Math.min(step, length - 1 - before)
  }

  /** Whether the needle lies within `start … end` (exclusive) of `text`. */
  in(text: Uint8Array, start: number, end: number): boolean {
    return this.find(text, start, end) >= 0
  }

  /** Index at which the needle first begins within `start … end` (exclusive) of `text`; -1 when it does not. An empty one is at `start`. */
  find(text: Uint8Array, start: number, end: number): number {
    const length = this.needle.length
    if (length === 0) return start
    return length <= 3 ? this.inShort(text, start, end, length) : this.inLong(text, start, end, length)
  }

  private inLong(text: Uint8Array, start: number, end: number, length: number): number {
    const { skip, fold, needle, after } = this
    let at = start + length - 1
    while (at < end) {
      const step = skip[text[at] as number] as number
      if (step !== 0) {
        at += step
        continue
      }
      let i = length - 2
      let j = at - 1
      while (i >= 0 && fold[text[j] as number] === needle[i]) {
        i--
        j--
      }
      if (i < 0) return j + 1
      at += after
    }
    return -1
  }

  /** Looks at every `length`-th byte, because each occurrence covers exactly one of these. */
  private inShort(text: Uint8Array, start: number, end: number, length: number): number {
    const { occurs } = this
    for (let at = start + length - 1; at < end; at += length) {
      if (occurs[text[at] as number] === 0) continue
      const last = Math.min(at, end - length)
      for (let from = at - length + 1; from <= last; from++) if (this.liesAt(text, from)) return from
    }
    return -1
  }

  private liesAt(text: Uint8Array, from: number): boolean {
    const { needle, fold } = this
    for (let i = 0; i < needle.length; i++) if (fold[text[from + i] as number] !== needle[i]) return false
    return true
  }
}
