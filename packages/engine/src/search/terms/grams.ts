/** A summary has 2¹⁸ bits, which is 32 KiB, or 8 bytes for each event of a full chunk. */
const BITS = 18
const WORDS = 2 ** BITS / 32

/**
 * A summary of a text: which runs of four bytes, and which runs of two, occur in it.
 *
 *     text      c  h  e  c  k  o  u  t          bytes | 0x20: upper and lower case are alike, and so are a few other pairs
 *     runs      chec
 *                  heck
 *                     ecko …  and  ch he ec …   each is hashed (Fibonacci hashing) to one of 2¹⁸ bits, which is set
 *
 * To look for "heck", its runs are hashed the same way (`bitsOf`): four bytes and more by their runs of four, two or three bytes by their
 * runs of two; one byte has none, and may be anywhere. When one of the bits is not set, the text does not hold the word. When all are set,
 * it may: two runs can share a bit, and runs can stand apart from each other.
 */
export type Grams = Uint32Array

const encoder = new TextEncoder()
/** For each pair of bytes, 1 when it occurs in the text that is being summed up. */
const pairs = new Uint8Array(0x10000)

/** Makes the summary of a text. The text may be all payloads of a chunk in any order. */
export function gramsOf(text: Uint8Array): Grams {
  const grams = new Uint32Array(WORDS)
  pairs.fill(0)
  // The first three bytes set bits for runs that are not there, which does no harm.
  for (let at = 0, run = 0; at < text.length; at++) {
    run = (run << 8) | ((text[at] as number) | 0x20)
    pairs[run & 0xffff] = 1
    mark(grams, run)
  }
  for (let pair = 0; pair < pairs.length; pair++) if (pairs[pair] === 1) mark(grams, pair)
  return grams
}

/** The bits that are set in the summary of every text that holds `needle`; none when `needle` is one byte or empty. */
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

/** Whether all these bits are set in a summary. */
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
