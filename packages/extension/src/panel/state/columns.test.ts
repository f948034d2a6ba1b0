import { describe, expect, it } from 'vitest'
import * as columns from './columns'

const ids = (list: readonly columns.Column[]) => list.map(({ id }) => id)

describe('the columns of the table', () => {
  it('come back as they were stored, and survive anything else', () => {
    const chosen = [columns.builtIn('type'), columns.facetColumn('tick'), columns.payloadColumn(['a', 'b.c'])]
    expect(columns.columnsFrom(JSON.parse(JSON.stringify(chosen)))).toEqual(chosen)
    for (const junk of [
      null,
      'x',
      [],
      [1, null, {}],
      [{ id: 'nothing' }],
      [{ id: 'payload:[1]' }],
      [{ id: '__proto__' }],
    ])
      expect(columns.columnsFrom(junk)).toEqual(columns.DEFAULT_COLUMNS)
    expect(columns.columnsFrom([{ id: 'time', width: -5 }, { id: 'time' }])).toEqual([columns.builtIn('time')])
  })

  it('say what the engine must bring, and how they sort', () => {
    expect(columns.extraOf(columns.facetColumn('tick').id)).toEqual({ facet: 'tick' })
    expect(columns.extraOf(columns.payloadColumn(['a', 'b.c']).id)).toEqual({ payload: ['a', 'b.c'] })
    expect(columns.extraOf('type')).toBeUndefined()
    expect(columns.sortOf('facet:tick')).toEqual({ facet: 'tick' })
    expect(columns.sortOf('summary')).toBeUndefined()
    expect(columns.titleOf('payload:["a","b"]')).toBe('a.b')
  })

  it('leave out the least important ones when there is no room', () => {
    expect(ids(columns.fitting(columns.DEFAULT_COLUMNS, 1000))).toEqual(ids(columns.DEFAULT_COLUMNS))
    expect(ids(columns.fitting(columns.DEFAULT_COLUMNS, 500))).toEqual(['seq', 'time', 'type', 'summary', 'cause'])
    expect(ids(columns.fitting(columns.DEFAULT_COLUMNS, 300))).toEqual(['time', 'type', 'summary'])
    // The payload is what people read.
    expect(columns.leastWidth(columns.fitting(columns.DEFAULT_COLUMNS, 820), 820)).toBeLessThan(820 - 150)
    const asked = [columns.builtIn('kind'), columns.builtIn('size'), columns.facetColumn('tick')]
    expect(columns.fitting(asked, 300)).toEqual(asked)
  })

  it('move, resize, come and go', () => {
    const three = [columns.builtIn('seq'), columns.builtIn('time'), columns.builtIn('type')]
    expect(ids(columns.moved(three, 'type', 0))).toEqual(['type', 'seq', 'time'])
    expect(ids(columns.moved(three, 'seq', 9))).toEqual(['time', 'type', 'seq'])
    expect(columns.resized(three, 'seq', 3)[0]?.width).toBeGreaterThan(30)
    expect(ids(columns.toggled(columns.DEFAULT_COLUMNS, columns.facetColumn('x')))).toEqual([
      ...['seq', 'time', 'type', 'source', 'level', 'facet:x', 'summary', 'cause', 'duration'],
    ])
    expect(columns.toggled([columns.builtIn('seq')], columns.builtIn('seq'))).toHaveLength(1)
  })
})
