/** Bits of one summary: 8 bytes an event of a whole chunk. */
const BITS = 18
const WORDS = 2 ** BITS / 32

/**
 * Which runs of four bytes a text has, upper and lower case alike: one bit each, shared by some. What has a run that is not marked is
 * not in the text; the reverse says nothing.
 */
export type Grams = Uint32Array

const encoder = new TextEncoder()

export function gramsOf(text: Uint8Array): Grams {
  const grams = new Uint32Array(WORDS)
  // Three bytes make no run: what they mark besides is only a bit too many.
  for (let at = 0, run = 0; at < text.length; at++) {
    run = (run << 8) | ((text[at] as number) | 0x20)
    const bit = bitOf(run)
    grams[bit >>> 5] = (grams[bit >>> 5] as number) | (1 << (bit & 31))
  }
  return grams
}

/** The bits a text marks that holds this one; none where it is too short to say. */
export function bitsOf(needle: string): Uint32Array {
  const bytes = encoder.encode(needle)
  const bits = new Uint32Array(Math.max(0, bytes.length - 3))
  for (let at = 0, run = 0; at < bytes.length; at++) {
    run = (run << 8) | ((bytes[at] as number) | 0x20)
    if (at >= 3) bits[at - 3] = bitOf(run)
  }
  return bits
}

export function hasAll(grams: Grams, bits: Uint32Array): boolean {
  for (const bit of bits) if ((((grams[bit >>> 5] as number) >>> (bit & 31)) & 1) === 0) return false
  return true
}

function bitOf(run: number): number {
  return Math.imul(run, 0x9e3779b1) >>> (32 - BITS)
}
