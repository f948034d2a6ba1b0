import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checksum } from './checksum'

const SEED = 20260801
const word = fc.integer({ min: 0, max: 0xffffffff })

describe('checksum', () => {
  it('finds any damage confined to one word', () => {
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 40 }), fc.nat(), word, (values, at, other) => {
        const words = Uint32Array.from(values)
        const before = checksum(words)
        const i = at % words.length
        fc.pre(words[i] !== other)
        words[i] = other
        expect(checksum(words)).not.toBe(before)
      }),
      { seed: SEED, numRuns: 2000 },
    )
  })

  it('changes about half of its bits for one changed bit', () => {
    const words = new Uint32Array(64)
    const before = checksum(words)
    let changed = 0
    for (let bit = 0; bit < 64 * 32; bit++) {
      words[bit >> 5]! ^= 1 << (bit & 31)
      let difference = checksum(words) ^ before
      for (; difference !== 0; difference &= difference - 1) changed++
      words[bit >> 5]! ^= 1 << (bit & 31)
    }
    expect(changed / (64 * 32)).toBeGreaterThan(15)
    expect(changed / (64 * 32)).toBeLessThan(17)
  })

  it('tells zeros of different lengths, orders and seeds apart', () => {
    const sums = Array.from({ length: 500 }, (_, length) => checksum(new Uint32Array(length)))
    expect(new Set(sums).size).toBe(500)
    expect(checksum(Uint32Array.of(1, 2))).not.toBe(checksum(Uint32Array.of(2, 1)))
    expect(checksum(Uint32Array.of(1), 5)).not.toBe(checksum(Uint32Array.of(1), 6))
  })
})
