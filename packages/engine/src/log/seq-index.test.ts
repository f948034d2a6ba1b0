import { expect, it } from 'vitest'
import { Random } from '../testing/random'
import { SeqIndex } from './seq-index'

it('finds what a map finds, in few runs', () => {
  const random = new Random(3)
  const index = new SeqIndex()
  const map = new Map<number, number>()
  const holes: [number, number][] = []
  let n = 1
  let seq = 0
  const add = (from: number, count: number) => {
    index.add(from, count, seq)
    for (let i = 0; i < count; i++) map.set(from + i, seq + i)
    seq += count
  }
  for (let step = 0; step < 300; step++) {
    const count = random.whole(1, 50)
    if (random.chance(0.2)) {
      holes.push([n, count])
    } else add(n, count)
    n += count
    if (random.chance(0.1) && holes.length) add(...holes.splice(random.whole(0, holes.length - 1), 1)[0]!)
    if (random.chance(0.3)) seq += random.whole(1, 9)
  }
  for (let at = 0; at < n + 5; at++) expect(index.seqOf(at)).toBe(map.get(at) ?? -1)
  const before = index.runs
  index.dropBelow(seq)
  expect(index.runs).toBeLessThan(before)
})

it('keeps an uninterrupted stream in one run', () => {
  const index = new SeqIndex()
  for (let i = 0; i < 1000; i++) index.add(1 + i * 256, 256, i * 256)
  expect(index.runs).toBe(1)
  expect(index.seqOf(200_000)).toBe(199_999)
})
