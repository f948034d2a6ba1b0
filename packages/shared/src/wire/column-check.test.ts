import { describe, expect, it } from 'vitest'
import { checkColumns, type IdTables } from './column-check'
import { COLUMN_NAMES, newColumns } from './column-set'
import { COLUMNS, type ColumnName, type ColumnSpec } from './column-table'

const TABLES: IdTables = { types: [[0, 'a']], sources: [[0, 'b']], producers: [[0, 'c']] }
const ROWS = 3

/** Columns of good rows, and `value` in the last row of one of them. */
function columnsWith(name: ColumnName, value: number) {
  const columns = newColumns(COLUMN_NAMES, ROWS)
  columns.n.set([1, 2, 3])
  columns.payloadEnds.set([5, 5, 9])
  columns[name][ROWS - 1] = value
  return columns
}

/** Numbers that the table forbids for a column, of those that its array can hold. */
function badOf({ array, values }: ColumnSpec): number[] {
  const candidates: Record<typeof values.are, number[]> = {
    any: [],
    within: values.are === 'within' ? [values.least - 1, values.most + 1, Number.NaN, Number.POSITIVE_INFINITY] : [],
    clock: [Number.NaN, Number.NEGATIVE_INFINITY],
    ids: [1],
    ends: [4],
  }
  // What an array of whole numbers makes of the others may be allowed: -1 becomes the largest one.
  return candidates[values.are].filter(value => Object.is(array.of(value)[0], value))
}

describe('checking columns', () => {
  it.each(COLUMN_NAMES)('lets nothing into %s but what the table says', name => {
    const bad = badOf(COLUMNS[name])
    if (COLUMNS[name].values.are !== 'any') expect(bad).not.toEqual([])
    for (const value of bad) {
      const columns = columnsWith(name, value)
      expect(() => checkColumns(columns, COLUMN_NAMES, ROWS, TABLES), `${value}`).toThrow(`${name}, row ${ROWS - 1}`)
      // Rows behind the last one are room, and say nothing.
      checkColumns(columns, COLUMN_NAMES, ROWS - 1, TABLES)
    }
  })

  it('refuses ids whose table is not there', () => {
    expect(() => checkColumns(columnsWith('kind', 0), COLUMN_NAMES, ROWS, { types: [[0, 'a']] })).toThrow(
      'source, row 0',
    )
  })
})
