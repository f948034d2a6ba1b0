import { expect, test } from 'vitest'
import { draw, seedRng } from './rng'

test('draws the same numbers whether at once or in pieces', () => {
  const whole = draw(seedRng(42), 10)
  const first = draw(seedRng(42), 4)
  const second = draw(first.rng, 6)
  expect([...first.values, ...second.values]).toEqual(whole.values)
  expect(second.rng).toBe(whole.rng)
})

test('is uniform enough and inside [0, 1)', () => {
  const { values } = draw(seedRng(1), 20_000)
  const tenths = new Array<number>(10).fill(0)
  for (const value of values) tenths[Math.floor(value * 10)]! += 1
  expect(values.every(value => value >= 0 && value < 1)).toBe(true)
  expect(Math.min(...tenths)).toBeGreaterThan(1800)
  expect(Math.max(...tenths)).toBeLessThan(2200)
})
