import { expect, it } from 'vitest'
import { distance } from './command-distance'

it.each([
  ['Export as JSON', 'json', true],
  ['Export as JSON', 'ej', true],
  ['Export as JSON', '', true],
  ['Export as JSON', 'jx', false],
  ['Group repeats', 'gr rep', true],
])('%s has the letters of %j: %s', (title, wanted, expected) => {
  expect(distance(title, wanted) !== undefined).toBe(expected)
})

it('prefers what is closer together, and beginnings of words', () => {
  const best = (wanted: string, titles: string[]) =>
    titles.toSorted((a, b) => (distance(a, wanted) ?? 1e9) - (distance(b, wanted) ?? 1e9))[0]
  expect(best('cause', ['Choose the next event too', 'Go to the cause'])).toBe('Go to the cause')
  expect(best('ec', ['Delete everything', 'Export as CSV'])).toBe('Export as CSV')
})
