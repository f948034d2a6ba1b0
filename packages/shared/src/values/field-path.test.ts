import fc from 'fast-check'
import { expect, it } from 'vitest'
import { stepsOf, withStep } from './field-path'

it('the text of a path is read back as its names, whatever they are', () => {
  const name = fc.oneof(fc.constantFrom('a', 'a.b', '', '"', '[]', 'x[]', '\\', '😀', ' '), fc.string())
  fc.assert(
    fc.property(fc.array(name, { minLength: 1, maxLength: 5 }), names => {
      expect(stepsOf(names.reduce(withStep, ''))).toEqual(names)
    }),
    { seed: 61 },
  )
  expect(['', 'a.b', 'a."b.c"', 'a[].b', '"[]"[]'].map(stepsOf)).toEqual([
    ...[[], ['a', 'b'], ['a', 'b.c'], undefined, undefined],
  ])
})
