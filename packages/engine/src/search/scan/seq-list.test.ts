import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SeqList } from './seq-list'

/** Shown order by a rank per seq, so that any order can be made. */
function setUp(ranks: readonly number[]) {
  const compare = (a: number, b: number) => (ranks[a] as number) - (ranks[b] as number) || a - b
  return { list: new SeqList(compare), compare }
}

function content(list: SeqList): number[] {
  return Array.from({ length: list.length }, (_, index) => list.at(index))
}

describe('seq list', () => {
  it('stays dense while ranges continue it', () => {
    const { list } = setUp(Array.from({ length: 100 }, (_, seq) => seq))
    expect(list.mergeRange(40, 60)).toBe(0)
    expect(list.mergeRange(60, 70)).toBe(20)
    expect(list.mergeRange(30, 40)).toBe(0)
    expect(content(list)).toEqual(Array.from({ length: 40 }, (_, i) => 30 + i))
    expect(list.indexOf(69)).toBe(39)
    expect(list.indexOf(70)).toBe(-1)
  })

  it('equals a sorted array after any merges and evictions', () => {
    const ranks = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 300, maxLength: 300 })
    const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 1, max: 25 }), fc.boolean()), {
      maxLength: 40,
    })
    fc.assert(
      fc.property(ranks, fc.boolean(), steps, (noise, nearOrder, plan) => {
        const rank = noise.map((value, seq) => (nearOrder ? seq + value / 8 : value))
        const { list, compare } = setUp(rank)
        let low = 150
        let high = 150
        let first = 0
        let expected: number[] = []
        for (const [choice, size, odd] of plan) {
          if (choice === 0) {
            first = Math.max(first, low + (size >> 2))
            low = Math.max(low, first)
            high = Math.max(high, first)
            const reach = Math.max(...rank.slice(0, first), -1)
            const before = expected.length
            expected = expected.filter(seq => seq >= first)
            const dropped = list.dropBelow(first, seq => (rank[seq] as number) <= reach)
            if (expected.length !== before) expect(dropped).toBe(true)
          } else {
            const older = choice < 5
            const from = older ? Math.max(first, low - size) : high
            const to = older ? low : Math.min(300, high + size)
            if (to <= from) continue
            const run = Array.from({ length: to - from }, (_, i) => from + i).filter(seq => !odd || seq % 3 !== 0)
            const inOrder = run.every((seq, i) => i === 0 || compare(run[i - 1] as number, seq) < 0)
            const changed =
              !odd && inOrder
                ? list.mergeRange(from, to)
                : list.merge(Uint32Array.from(run.toSorted(compare)), run.length)
            const previous = expected
            expected = [...expected, ...run].sort(compare)
            expect(expected.slice(0, changed)).toEqual(previous.slice(0, changed))
            low = Math.min(low, from)
            high = Math.max(high, to)
          }
          expect(content(list)).toEqual(expected)
        }
        for (let seq = first; seq < 300; seq++) expect(list.indexOf(seq)).toBe(expected.indexOf(seq))
      }),
      { seed: 11, numRuns: 300 },
    )
  })
})
