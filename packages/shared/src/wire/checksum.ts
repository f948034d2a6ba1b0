const imul = Math.imul
/** Factors as int32, because numbers above 2³¹ would make the loop compute in doubles. */
const A = 0x9e3779b1 | 0
const B = 0x85ebca77 | 0
const C = 0xc2b2ae3d | 0
const D = 0x27d4eb2f | 0

/**
 * Returns a 32-bit checksum of `words`. It finds accidents and not forgeries. Every step is a bijection of the running value for a given
 * word, and of the word for a given running value, so damage to a single word always changes the result. Four lanes run side by side,
 * because a multiplication in one need not wait for another's.
 */
export function checksum(words: Uint32Array, seed = 0): number {
  let a = seed ^ A
  let b = B
  let c = C
  let d = D
  const { length } = words
  const whole = length - (length & 3)
  let i = 0
  for (; i < whole; i += 4) {
    a = imul(a ^ words[i]!, A)
    b = imul(b ^ words[i + 1]!, B)
    c = imul(c ^ words[i + 2]!, C)
    d = imul(d ^ words[i + 3]!, D)
    a = (a << 13) | (a >>> 19)
    b = (b << 15) | (b >>> 17)
    c = (c << 17) | (c >>> 15)
    d = (d << 11) | (d >>> 21)
  }
  for (; i < length; i++) a = step(a, words[i]!)
  let h = step(step(step(step(a, b), c), d), length)
  h = imul(h ^ (h >>> 16), B)
  h = imul(h ^ (h >>> 13), C)
  return (h ^ (h >>> 16)) >>> 0
}

function step(h: number, word: number): number {
  const mixed = imul(h ^ word, A)
  return (mixed << 13) | (mixed >>> 19)
}
