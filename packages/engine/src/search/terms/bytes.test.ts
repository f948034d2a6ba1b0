import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ByteFinder } from './bytes'

const encoder = new TextEncoder()

it('finds what String.includes finds, in its stretch only', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'B', 'A', 'é', '1'), maxLength: 40 })
  const needle = fc.string({ unit: fc.constantFrom('a', 'b', '1', 'é'), minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(text, text, text, needle, fc.boolean(), (before, inside, after, term, foldCase) => {
      const start = encoder.encode(before).length
      const end = start + encoder.encode(inside).length
      const bytes = encoder.encode(before + inside + after)
      const hay = foldCase ? inside.replace(/[A-Z]/g, letter => letter.toLowerCase()) : inside
      const finder = new ByteFinder(term, foldCase)
      expect(finder.in(bytes, start, end)).toBe(hay.includes(term))
      const at = hay.indexOf(term)
      expect(finder.find(bytes, start, end)).toBe(at < 0 ? -1 : start + encoder.encode(hay.slice(0, at)).length)
    }),
    { seed: 5, numRuns: 3000 },
  )
})

it('finds needles longer than 255 bytes', () => {
  const term = `x${'ab'.repeat(300)}y`
  const bytes = encoder.encode(`${'ab'.repeat(500)}${term}ab`)
  expect(new ByteFinder(term, true).in(bytes, 0, bytes.length)).toBe(true)
  expect(new ByteFinder(`${term}y`, true).in(bytes, 0, bytes.length)).toBe(false)
})
