import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Intervals } from './intervals'

const SEED = 20260801
const MOST = 60

/** A set of numbers that does everything slowly. */
class Plain {
  readonly numbers = new Set<number>()

  add(from: number, to: number): number {
    const before = this.numbers.size
    for (let n = from; n <= to; n++) this.numbers.add(n)
    return this.numbers.size - before
  }

  ranges(has: (n: number) => boolean, from: number, to: number): [number, number][] {
    const found: [number, number][] = []
    for (let n = from; n <= to; n++) {
      if (!has(n)) continue
      const last = found.at(-1)
      if (last && last[1] === n - 1) last[1] = n
      else found.push([n, n])
    }
    return found
  }
}

const number = fc.integer({ min: 1, max: MOST })

describe('Intervals', () => {
  it('does what a set of numbers does', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(number, fc.integer({ min: -2, max: 12 })), { maxLength: 25 }),
        number,
        number,
        (adds, from, to) => {
          const intervals = new Intervals()
          const plain = new Plain()
          for (const [start, more] of adds) {
            expect(intervals.add(start, start + more)).toBe(plain.add(start, start + more))
            expect(intervals.count).toBe(plain.numbers.size)
            expect(intervals.end).toBe(Math.max(0, ...plain.numbers))
          }
          const has = (n: number) => plain.numbers.has(n)
          expect(intervals.ranges).toEqual(plain.ranges(has, 1, 2 * MOST))
          expect(intervals.missing(from, to)).toEqual(plain.ranges(n => !has(n), from, to))
          for (let n = 0; n <= MOST + 15; n++) expect(intervals.has(n)).toBe(has(n))
        },
      ),
      { seed: SEED, numRuns: 1000 },
    )
  })

  it('keeps numbers that arrive in order as one range', () => {
    const intervals = new Intervals()
    for (let n = 1; n <= 100_000; n++) intervals.add(n, n)
    expect(intervals.ranges).toEqual([[1, 100_000]])
    expect(intervals.missing(1, 100_002)).toEqual([[100_001, 100_002]])
  })
})
