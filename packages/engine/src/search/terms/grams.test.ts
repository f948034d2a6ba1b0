import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ByteFinder } from './bytes'
import { bitsOf, gramsOf, hasAll } from './grams'

const encoder = new TextEncoder()
const some = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 30 }), fc.string({ unit: 'binary', maxLength: 30 }))

it('never says that what is in a text is not, in any case of letters', () => {
  fc.assert(
    fc.property(some, some, some, fc.boolean(), (before, needle, after, upper) => {
      const text = encoder.encode(`${before}${upper ? needle.toUpperCase() : needle}${after}`)
      const lower = needle.toLowerCase()
      if (!new ByteFinder(lower, true).in(text, 0, text.length)) return
      expect(hasAll(gramsOf(text), bitsOf(lower))).toBe(true)
    }),
    { numRuns: 3000, seed: 4 },
  )
})

it('mostly says it of what is not', () => {
  const text = Array.from(
    { length: 4096 },
    (_, n) => `{"order":"order-${n}","note":"left at the door","amount":${n * 7}}`,
  )
  const grams = gramsOf(encoder.encode(text.join('')))
  expect(hasAll(grams, bitsOf('"order-77"'))).toBe(true)
  for (const needle of ['not there', 'LEFT at the window', '"customer"', 'xyz'.repeat(3)])
    expect(hasAll(grams, bitsOf(needle.toLowerCase()))).toBe(false)
})

it('knows two letters too, but not one', () => {
  const grams = gramsOf(encoder.encode('{"some":"text"}'))
  for (const needle of ['so', 'xt', 'tex', '"}']) expect(hasAll(grams, bitsOf(needle))).toBe(true)
  for (const needle of ['zq', 'os', 'txe']) expect(hasAll(grams, bitsOf(needle))).toBe(false)
  expect(hasAll(gramsOf(new Uint8Array(0)), bitsOf('a'))).toBe(true)
})
