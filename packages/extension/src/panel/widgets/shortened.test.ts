import { expect, it } from 'vitest'
import { shortened } from './shortened'

it.each([
  ['Day 12', 6, 'Day 12'],
  ['Day 12', 5, '12'],
  ['Day 12', 2, '12'],
  ['Day 12', 1, ''],
  ['Settlement', 5, 'Sett…'],
  ['Settlement', 1, ''],
  ['', 0, ''],
])('%s with room for %i is %j', (text, room, expected) => {
  expect(shortened(text, room, ({ length }) => length)).toBe(expected)
})
