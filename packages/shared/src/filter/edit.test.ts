import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addClause, termsFor, withClauses } from './edit'
import type { Clause } from './filter'
import { parseFilter } from './parse'
import { printClause } from './print'

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
    ['word "open quote', 'word "open quote" type:a|b'],
    ['word "open bar|', 'word "open bar|" type:a|b'],
    ['word amount >', 'word type:a|b amount >'],
    ['tpye:"open', 'type:a|b tpye:"open'],
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

  it('changes the meaning of nothing else, whatever was typed', () => {
    const piece = fc.constantFrom(
      ...[
        'type:',
        'row:',
        '-',
        '|',
        ' ',
        ' ',
        ' ',
        '"',
        '\\',
        '/',
        'payload.',
        'a',
        '=',
        '>',
        '!=',
        '.',
        ':',
        'is:root',
      ],
      ...['level:', 'é', '\n', '0', 'after:', '1s', '*', 'tpye:', 'amount > '],
    )
    const given = fc.constantFrom<Clause>(types('a', 'b c'), { not: true, ...types('/x/') }, types('x/'), types())
    const meaning = (clauses: readonly Clause[]) => clauses.map(printClause).sort()
    const isOwn = ({ any }: Clause) => any.every(({ key }) => key === 'type')
    fc.assert(
      fc.property(fc.string({ unit: piece, maxLength: 12 }), given, (text, clause) => {
        const { clauses } = parseFilter(text)
        const added = clause.any.length > 0 ? [clause] : []
        const changed = withClauses(text, ['type'], [clause])
        const kept = clauses.filter(one => !isOwn(one))
        expect([changed, meaning(parseFilter(changed).clauses)]).toEqual([changed, meaning([...kept, ...added])])
        if (added.length === 0) return
        const longer = addClause(text, clause)
        const all = [...clauses.filter(one => printClause(one) !== printClause(clause)), clause]
        const said = new Set(meaning(parseFilter(longer).clauses))
        expect([longer, said]).toEqual([longer, new Set(meaning(all))])
      }),
      { seed: 41, numRuns: 5000 },
    )
  })
})
