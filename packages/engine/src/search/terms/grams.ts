/** Bits of one summary: 8 bytes an event of a whole chunk. */
const BITS = 18
const WORDS = 2 ** BITS / 32

/**
 * Which runs of four bytes a text has, and which of two, upper and lower case alike: one bit each, shared by some. What has a run that is
 * not marked is not in the text; the reverse says nothing.
 */
export type Grams = Uint32Array

const encoder = new TextEncoder()
/** By pair: the text at hand has it. */
const pairs = new Uint8Array(0x10000)

export function gramsOf(text: Uint8Array): Grams {
  const grams = new Uint32Array(WORDS)
  pairs.fill(0)
  // Three bytes make no run: what they mark besides is only a bit too many.
  for (let at = 0, run = 0; at < text.length; at++) {
    run = (run << 8) | ((text[at] as number) | 0x20)
    pairs[run & 0xffff] = 1
    mark(grams, run)
  }
  for (let pair = 0; pair < pairs.length; pair++) if (pairs[pair] === 1) mark(grams, pair)
  return grams
}

/** The bits a text marks that holds this one; none where it is one byte. */
export function bitsOf(needle: string): Uint32Array {
  const bytes = encoder.encode(needle)
  const length = bytes.length < 4 ? 2 : 4
  const bits = new Uint32Array(Math.max(0, bytes.length - length + 1))
  for (let at = 0, run = 0; at < bytes.length; at++) {
    run = (run << 8) | ((bytes[at] as number) | 0x20)
    if (at >= length - 1) bits[at - length + 1] = bitOf(length === 2 ? run & 0xffff : run)
  }
  return bits
}

export function hasAll(grams: Grams, bits: Uint32Array): boolean {
  for (const bit of bits) if ((((grams[bit >>> 5] as number) >>> (bit & 31)) & 1) === 0) return false
  return true
}

function mark(grams: Grams, run: number): void {
  const bit = bitOf(run)
  grams[bit >>> 5] = (grams[bit >>> 5] as number) | (1 << (bit & 31))
}

function bitOf(run: number): number {
  return Math.imul(run, 0x9e3779b1) >>> (32 - BITS)
}
