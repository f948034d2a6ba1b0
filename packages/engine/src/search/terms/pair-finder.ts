import { ByteFinder } from './bytes'
import { bitsOf, type Grams, hasAll } from './grams'

const encoder = new TextEncoder()

/** Finds places in payload text where a key is followed by one of some values, or by its beginning. */
export class PairFinder {
  private readonly key: ByteFinder
  /** Bytes of the key. */
  private readonly length: number
  /** The values as UTF-8. */
  private readonly values: Uint8Array[]
  /** Bits of the key with each value in a chunk's summary. */
  private readonly bits: Uint32Array[]

  /** With `foldCase`, ASCII letters of the values match in either case; the values must be in lower case then. */
  constructor(
    key: string,
    values: readonly string[],
    private readonly foldCase = false,
  ) {
    this.bits = values.map(value => bitsOf(key + value))
    this.key = new ByteFinder(key, false)
    this.length = encoder.encode(key).length
    this.values = values.map(value => encoder.encode(value))
  }

  /** False when no such pair is in the text of which `grams` is the summary. */
  mayBeIn(grams: Grams): boolean {
    return this.bits.some(bits => hasAll(grams, bits))
  }

  /** Index at which the value of the first such pair begins within `start … end` (exclusive) of `text`; -1 when there is none. */
  find(text: Uint8Array, start: number, end: number): number {
    for (let at = this.key.find(text, start, end); at >= 0; at = this.key.find(text, at + 1, end)) {
      const from = at + this.length
      for (const value of this.values) if (this.liesAt(text, from, value)) return from
    }
    return -1
  }

  private liesAt(text: Uint8Array, at: number, value: Uint8Array): boolean {
    for (let i = 0; i < value.length; i++) {
      const byte = text[at + i] as number
      if (byte !== value[i] && !(this.foldCase && byte >= 65 && byte <= 90 && byte + 32 === value[i])) return false
    }
    return true
  }
}
