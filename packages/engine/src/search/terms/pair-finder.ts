import { ByteFinder } from './bytes'
import { bitsOf, type Grams, hasAll } from './grams'

const encoder = new TextEncoder()

/** Finds a key of payload text with the beginning of one of some values right behind it. */
export class PairFinder {
  private readonly key: ByteFinder
  private readonly length: number
  private readonly values: Uint8Array[]
  private readonly bits: Uint32Array[]

  /** `foldCase`: ASCII letters of the values match in either case; they are then lower case. */
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

  mayBeIn(grams: Grams): boolean {
    return this.bits.some(bits => hasAll(grams, bits))
  }

  /** Where the first such value begins within `start … end` (exclusive) of `text`; -1: nowhere. */
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
