import { expect, it } from 'vitest'
import { StringTable } from './string-table'

it('gives every string past its size one id', () => {
  const table = new StringTable(4)
  expect(['a', 'b', 'c', 'a', 'd', 'e', 'b'].map(name => table.id(name))).toEqual([0, 1, 2, 0, 3, 3, 1])
  expect(table.names).toEqual(['a', 'b', 'c', '(other)'])
  expect(table.other).toBe(3)
})

it('goes on after what was stored, holes included', () => {
  const table = new StringTable()
  table.restore([
    [2, 'c'],
    [0, 'a'],
  ])
  table.restore([[2, 'c']])
  expect(table.id('c')).toBe(2)
  expect(table.id('new')).toBe(3)
  expect(table.names).toEqual(['a', '', 'c', 'new'])
})
