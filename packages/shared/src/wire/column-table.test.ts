import { describe, expect, expectTypeOf, it } from 'vitest'
import { BATCH_COLUMNS, COLUMN_NAMES, makeColumns, newColumns, PAGE_COLUMNS, rowBytes } from './column-set'
import {
  type BatchColumn,
  COLUMNS,
  type ColumnName,
  type Columns,
  type PageColumn,
  type RowValues,
} from './column-table'
import type { Batch, Chunk } from './columns'
import { noExtras } from './extras'
import { Section } from './sections'

describe('the table of columns', () => {
  it('gives every column a section of its own', () => {
    const kinds = [...Object.values(Section), ...COLUMN_NAMES.map(name => COLUMNS[name].section)]
    expect(new Set(kinds).size).toBe(kinds.length)
  })

  it('says how many bytes a row has', () => {
    const row = newColumns(COLUMN_NAMES, 1)
    const bytes = COLUMN_NAMES.reduce((sum, name) => sum + row[name].byteLength, 0)
    expect(rowBytes(COLUMN_NAMES)).toBe(bytes)
    expect(rowBytes(PAGE_COLUMNS)).toBe(rowBytes(BATCH_COLUMNS) - COLUMNS.n.array.BYTES_PER_ELEMENT)
  })

  it('makes columns in its order, of its arrays', () => {
    const columns = makeColumns(BATCH_COLUMNS, name => COLUMNS[name].array.of(1, 2))
    expect(Object.keys(columns)).toEqual(BATCH_COLUMNS)
    expect(columns.time).toEqual(Float64Array.of(1, 2))
  })

  it('is where the types of batches and chunks come from', () => {
    expectTypeOf<Columns['time']>().toEqualTypeOf<Float64Array>()
    expectTypeOf<Columns['causeKind']>().toEqualTypeOf<Uint8Array>()
    expectTypeOf<Pick<Batch, BatchColumn>>().toEqualTypeOf<Columns<BatchColumn>>()
    expectTypeOf<Pick<Chunk, ColumnName>>().toEqualTypeOf<Columns>()
    expectTypeOf<'n'>().toExtend<Exclude<BatchColumn, PageColumn>>()
    expectTypeOf<'producer'>().toExtend<Exclude<ColumnName, BatchColumn>>()
    expectTypeOf<Batch>().not.toHaveProperty('producer')
  })

  it('lets no column be left out', () => {
    const { duration: _, ...columns } = newColumns(BATCH_COLUMNS, 0)
    const rest = { ...noExtras(), count: 0, text: new Uint8Array(0), keyframes: [], late: [], gaps: [], marks: [] }
    // @ts-expect-error: a batch has durations.
    columns satisfies Columns<BatchColumn>
    // @ts-expect-error: and is none without them.
    ;({ ...columns, ...rest }) satisfies Omit<Batch, 'meta'>
    // @ts-expect-error: a row has a duration.
    type _WithoutDuration = Assert<Omit<RowValues<PageColumn>, 'duration'>>
    type _Whole = Assert<RowValues<PageColumn>>
  })
})

type Assert<T extends RowValues<PageColumn>> = T
