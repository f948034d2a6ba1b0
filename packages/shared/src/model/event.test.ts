import { expect, it } from 'vitest'
import { FLAG_NAMES, Flag, flagNames } from './event'

it('names each flag, in the order of the bits', () => {
  expect(FLAG_NAMES.map(name => Flag[name])).toEqual(FLAG_NAMES.map((_, bit) => 1 << bit))
  expect(Object.keys(Flag).sort()).toEqual([...FLAG_NAMES].sort())
  expect(flagNames(Flag.truncated | Flag.opaque)).toEqual(['truncated', 'opaque'])
})
