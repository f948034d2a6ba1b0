import { describe, expect, it } from 'vitest'
import { parseFilterText } from './filter-text'

const filterOf = (text: string) => parseFilterText(text).filter

describe('the filter box', () => {
  it.each([
    ['', {}],
    ['bank', { text: ['bank'] }],
    ['bank "two words"', { text: ['bank', 'two words'] }],
    ['type:row:*', { types: ['row:*'] }],
    ['type:a type:b source:core', { types: ['a', 'b'], sources: ['core'] }],
    ['-type:Tick -source:plugin:*', { notTypes: ['Tick'], notSources: ['plugin:*'] }],
    ['type:"with space"', { types: ['with space'] }],
    ['level:state', { level: 'state' }],
    ['is:root is:error', { roots: true, flags: ['threw'] }],
    ['take:2', { takes: [2] }],
    ['payload.rowId=17', { payload: [{ path: ['rowId'], op: '=', value: 17 }] }],
    ['payload.a.b>=1.5', { payload: [{ path: ['a', 'b'], op: '>=', value: 1.5 }] }],
    ['payload.agent="BANK A"', { payload: [{ path: ['agent'], op: '=', value: 'BANK A' }] }],
    ['payload.done=true', { payload: [{ path: ['done'], op: '=', value: true }] }],
  ])('%s', (text, filter) => {
    expect(parseFilterText(text)).toEqual({ filter, problems: [] })
  })

  it('names what it does not understand, and goes on with the rest', () => {
    const { filter, problems } = parseFilterText('level:loud type:a')
    expect(filter).toEqual({ types: ['a'] })
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatchObject({ from: 0, to: 10 })
    expect(problems[0]?.message).toContain('milestone')
    expect(parseFilterText('colour:red').problems[0]?.message).toContain('type')
    expect(filterOf('-word')).toEqual({})
  })
})
