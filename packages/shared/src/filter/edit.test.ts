import { describe, expect, it } from 'vitest'
import { addClause, termsFor, withClauses } from './edit'

const types = (...globs: string[]) => ({ any: globs.map(glob => ({ key: 'type' as const, glob })) })

describe('a control over the filter box', () => {
  it('shows what the box says of it alone', () => {
    expect(termsFor('a type:x|y -type:z type:w|is:root', ['type']).map(({ glob }) => glob)).toEqual(['x', 'y'])
    expect(termsFor('-type:z', ['type'], true).map(({ glob }) => glob)).toEqual(['z'])
    expect(termsFor('after:1s before:2s', ['after', 'before']).map(({ time }) => time)).toEqual([1000, 2000])
  })

  it.each([
    ['', 'type:a|b'],
    ['word', 'word type:a|b'],
    ['x type:old y', 'x type:a|b y'],
    ['type:1 x type:2 ', 'type:a|b x'],
    ['level:lod type:1', 'level:lod type:a|b'],
    ['type:1|is:root', 'type:1|is:root type:a|b'],
    ['word |', 'word type:a|b'],
    ['"two  spaces" type:1', '"two  spaces" type:a|b'],
  ])('changes %j to %j', (text, expected) => {
    expect(withClauses(text, ['type'], [types('a', 'b')])).toBe(expected)
  })

  it('takes its part out, and only that', () => {
    expect(withClauses('x type:1 -type:2 y', ['type'], [])).toBe('x y')
    expect(withClauses('x type:1 -type:2 y', ['type'], [], false)).toBe('x -type:2 y')
    expect(withClauses('x type:1', ['type'], [types()])).toBe('x')
  })

  it('adds a clause once', () => {
    expect(addClause('', types('a b'))).toBe('type:"a b"')
    expect(addClause('type:a', types('a'))).toBe('type:a')
    expect(addClause('x|', types('a'))).toBe('x type:a')
    expect(addClause('x', { not: true, ...types('a') })).toBe('x -type:a')
  })
})
