import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FLAG_NAMES, KINDS, LEVELS } from '../model/event'
import type { Clause, Filter, Term } from './filter'
import { parseFilter } from './parse'
import { printFilter } from './print'
import { HAS } from './terms/has'
import { IS } from './terms/is'
import { parseTime, printTime } from './time-text'
import { FORMS, KEYS } from './vocabulary'

const SEED = 20261121
const one = (term: Term): Filter => ({ all: [{ any: [term] }] })
const not = (term: Term): Filter => ({ all: [{ not: true, any: [term] }] })

describe('the filter box', () => {
  it.each<[string, Filter]>([
    ['', {}],
    ['  ', {}],
    ['bank', one({ key: 'text', text: 'bank' })],
    ['"two words"', one({ key: 'text', text: 'two words' })],
    ['"a \\"b\\""', one({ key: 'text', text: 'a "b"' })],
    ['row:update', one({ key: 'text', text: 'row:update' })],
    ['/api/orders', one({ key: 'text', text: '/api/orders' })],
    ['/tx-\\d+ ok/i', one({ key: 'regex', source: 'tx-\\d+ ok', flags: 'i' })],
    ['type:row:*', one({ key: 'type', glob: 'row:*' })],
    ['type:"with space"', one({ key: 'type', glob: 'with space' })],
    ['-type:Tick', not({ key: 'type', glob: 'Tick' })],
    ['source:plugin:*', one({ key: 'source', glob: 'plugin:*' })],
    ['level:state', one({ key: 'level', level: 'state' })],
    ['kind:decision', one({ key: 'kind', kind: 'decision' })],
    ['after:12.5s', one({ key: 'after', time: 12_500 })],
    ['before:1m30s', one({ key: 'before', time: 90_000 })],
    ['before:3', one({ key: 'before', time: 3000 })],
    ['slow:>50ms', one({ key: 'slow', op: '>', ms: 50 })],
    ['slow:50ms', one({ key: 'slow', op: '>', ms: 50 })],
    ['-slow:>=1.5s', not({ key: 'slow', op: '>=', ms: 1500 })],
    ['slow:<200µs', one({ key: 'slow', op: '<', ms: 0.2 })],
    ['slow:<=.5us', one({ key: 'slow', op: '<=', ms: 0.001 })],
    ['slow:2\u03bcs', one({ key: 'slow', op: '>', ms: 0.002 })],
    ['took=1ms', one({ key: 'facet', name: 'took', op: '=', value: '1ms' })],
    ['took>1', one({ key: 'facet', name: 'took', op: '>', value: 1 })],
    ['took:long', one({ key: 'text', text: 'took:long' })],
    ['is:error', one({ key: 'is', is: 'error' })],
    ['has:gap', one({ key: 'has', has: 'gap' })],
    ['take:2', one({ key: 'take', take: 2 })],
    ['take:*', one({ key: 'take', take: '*' })],
    ['cause:#812', one({ key: 'cause', seq: 812 })],
    ['chain:812', one({ key: 'chain', seq: 812 })],
    ['mark:"day 2"', one({ key: 'mark', glob: 'day 2' })],
    ['payload.rowId=17', one({ key: 'payload', path: ['rowId'], op: '=', value: 17 })],
    ['payload.amount>1000', one({ key: 'payload', path: ['amount'], op: '>', value: 1000 })],
    ['payload.a.0.b<=-1.5', one({ key: 'payload', path: ['a', '0', 'b'], op: '<=', value: -1.5 })],
    ['payload."a b".c!=x', one({ key: 'payload', path: ['a b', 'c'], op: '!=', value: 'x' })],
    ['payload.id="17"', one({ key: 'payload', path: ['id'], op: '=', value: '17' })],
    ['payload.done=true', one({ key: 'payload', path: ['done'], op: '=', value: true })],
    ['agentId=BANK_A', one({ key: 'facet', name: 'agentId', op: '=', value: 'BANK_A' })],
    ['tick>=10', one({ key: 'facet', name: 'tick', op: '>=', value: 10 })],
    [
      'type:a|b',
      {
        all: [
          {
            any: [
              { key: 'type', glob: 'a' },
              { key: 'type', glob: 'b' },
            ],
          },
        ],
      },
    ],
    [
      '-foo | is:root bar',
      {
        all: [
          {
            not: true,
            any: [
              { key: 'text', text: 'foo' },
              { key: 'is', is: 'root' },
            ],
          },
          { any: [{ key: 'text', text: 'bar' }] },
        ],
      },
    ],
  ])('%s', (text, filter) => {
    expect(parseFilter(text)).toMatchObject({ filter, problems: [] })
    expect(parseFilter(text).filter).toEqual(filter)
  })

  it('takes every example it gives', () => {
    for (const { example } of [...KEYS, ...FORMS]) {
      expect([example, parseFilter(example).problems]).toEqual([example, []])
      expect(parseFilter(example).clauses).toHaveLength(1)
    }
  })

  it.each([
    ['tpye:row', 0, 8, 'type:row'],
    ['types:row', 0, 9, 'type:row'],
    ['level:sate', 0, 10, 'level:state'],
    ['x is:eror', 2, 9, 'is:error'],
    ['payload.a>b', 0, 11, 'payload.a=b'],
    ['/(/', 0, 3, '"/(/"'],
    ['-level:loud', 1, 11, undefined],
    ['type:', 0, 5, undefined],
    ['after:soon', 0, 10, undefined],
    ['slow:soon', 0, 9, undefined],
    ['slow:=5ms', 0, 9, undefined],
    ['slow:50', 0, 7, 'slow:>50ms'],
    ['slow:<=50', 0, 9, 'slow:<=50ms'],
    ['x slow>50ms', 2, 11, 'slow:>50ms'],
    ['took>1ms', 0, 8, 'slow:>1ms'],
    ['duration:<=2s', 0, 13, 'slow:<=2s'],
    ['Took:5ms', 0, 8, 'slow:5ms'],
    ['speed>1ms', 0, 9, 'speed=1ms'],
    ['take:x', 0, 6, undefined],
    ['cause:me', 0, 8, undefined],
    ['payload.a=', 0, 10, undefined],
    ['payload.a > 17', 0, 14, 'payload.a>17'],
    ['amount >17', 0, 10, 'amount>17'],
    ['amount= 17', 0, 7, undefined],
    ['-agentId != "BANK A"', 0, 20, '-agentId!="BANK A"'],
    ['amount >', 0, 8, undefined],
    ['x payload.', 2, 10, undefined],
    ['payload.amount', 0, 14, undefined],
    ['-', 0, 1, undefined],
  ])('underlines %s', (text, from, to, instead) => {
    const { problems } = parseFilter(text)
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatchObject({ from, to })
    expect(problems[0]?.instead).toBe(instead)
    expect(problems[0]?.message).not.toBe('')
  })

  it('leaves out what it does not understand, and nothing else', () => {
    expect(parseFilter('level:loud type:a is:nothing|b').filter).toEqual({
      all: [{ any: [{ key: 'type', glob: 'a' }] }],
    })
    expect(parseFilter('amount > 17 type:a payload.b - ').filter).toEqual({
      all: [{ any: [{ key: 'type', glob: 'a' }] }],
    })
    for (const text of ['x => y', '"a" > 1', 'a ">" 1', '"payload.a"', 'payload'])
      expect([text, parseFilter(text).problems]).toEqual([text, []])
    expect(parseFilter('type:a|level:x').filter).toEqual({ all: [{ any: [{ key: 'type', glob: 'a' }] }] })
  })

  it('says something sensible of whatever is typed', () => {
    const piece = fc.constantFrom(
      ...[
        'type:',
        'row:',
        '-',
        '|',
        ' ',
        '"',
        '\\',
        '/',
        'payload.',
        'a',
        '=',
        '>',
        '!=',
        '#1',
        '.',
        ':',
        'is:root',
        'slow:',
        'took',
      ],
      ...['é', '😀', '\n', '0', 'after:', '1s', 'ms', '*'],
    )
    fc.assert(
      fc.property(fc.string({ unit: piece, maxLength: 14 }), text => {
        const { clauses, problems, filter } = parseFilter(text)
        let end = 0
        for (const { from, to } of clauses) {
          expect(from).toBeGreaterThanOrEqual(end)
          expect(to).toBeLessThanOrEqual(text.length)
          end = to
        }
        for (const { from, to } of problems) expect(to).toBeGreaterThan(from)
        const printed = printFilter(filter)
        expect([text, printed, parseFilter(printed)]).toMatchObject([text, printed, { problems: [] }])
        expect(printFilter(parseFilter(printed).filter)).toBe(printed)
      }),
      { seed: SEED, numRuns: 20_000 },
    )
  })
})

const name = fc
  .oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }),
    fc.constantFrom('row:*', '-a', 'a|b', '"', 'true', '1'),
  )
  .filter(text => text !== '')
const comparison = fc.oneof(
  fc.record({
    op: fc.constantFrom('=' as const, '!=' as const),
    value: fc.oneof(name, fc.boolean(), fc.constant(null)),
  }),
  fc.record({
    op: fc.constantFrom('=' as const, '!=' as const, '<' as const, '<=' as const, '>' as const, '>=' as const),
    value: fc.oneof(fc.integer(), fc.constantFrom(0.5, -1.25, 1e21, 5e-7)),
  }),
)
const term: fc.Arbitrary<Term> = fc.oneof(
  name.map((text): Term => ({ key: 'text', text })),
  fc.constantFrom<Term>({ key: 'regex', source: 'a\\/b c|d', flags: 'iu' }, { key: 'regex', source: 'x', flags: '' }),
  fc.record({
    key: fc.constantFrom('type' as const, 'source' as const, 'producer' as const, 'mark' as const),
    glob: name,
  }),
  fc.constantFrom(...LEVELS).map((level): Term => ({ key: 'level', level })),
  fc.constantFrom(...KINDS).map((kind): Term => ({ key: 'kind', kind })),
  fc.record({
    key: fc.constantFrom('after' as const, 'before' as const),
    time: fc.integer({ min: -1e9, max: 1e12 }).map(us => us / 1000),
  }),
  fc.record({
    key: fc.constant('slow' as const),
    op: fc.constantFrom('<' as const, '<=' as const, '>' as const, '>=' as const),
    ms: fc.oneof(fc.nat({ max: 2_000_000 }), fc.integer({ min: 0, max: 999_999_999_999_999 })).map(us => us / 1000),
  }),
  fc.constantFrom(...IS).map((is): Term => ({ key: 'is', is })),
  fc.constantFrom(...HAS).map((has): Term => ({ key: 'has', has })),
  fc.constantFrom<number | '*'>(0, 1, 65_535, '*').map((take): Term => ({ key: 'take', take })),
  fc.record({ key: fc.constantFrom('cause' as const, 'chain' as const), seq: fc.nat() }),
  fc
    .record({ path: fc.array(name, { minLength: 1, maxLength: 3 }), compared: comparison })
    .map(({ path, compared }): Term => ({ key: 'payload', path, ...compared })),
  fc.record({ name, compared: comparison }).map(({ name, compared }): Term => ({ key: 'facet', name, ...compared })),
)
const clause: fc.Arbitrary<Clause> = fc
  .record({ not: fc.boolean(), any: fc.array(term, { minLength: 1, maxLength: 3 }) })
  .map(({ not, any }) => {
    const sorted = [...any.filter(({ key }) => key === 'text'), ...any.filter(({ key }) => key !== 'text')]
    return not ? { not, any: sorted } : { any: sorted }
  })

describe('a printed filter', () => {
  it('is read back as the same', () => {
    fc.assert(
      fc.property(fc.array(clause, { minLength: 1, maxLength: 4 }), all => {
        const printed = printFilter({ all })
        expect([printed, parseFilter(printed).problems]).toEqual([printed, []])
        expect([printed, parseFilter(printed).filter]).toEqual([printed, { all }])
      }),
      { seed: SEED, numRuns: 10_000 },
    )
  })

  it('makes no expression of two slashes', () => {
    const type = (glob: string): Term => ({ key: 'type', glob })
    const filter = { all: [{ any: [type('a'), type('/b')] }, { any: [type('c/')] }] }
    expect(parseFilter(printFilter(filter)).filter).toEqual(filter)
  })

  it.each([
    ['slow:50ms', 'slow:>50ms'],
    ['slow:>=0.25ms', 'slow:>=250µs'],
    ['slow:<1500ms', 'slow:<1.5s'],
    ['slow:<61234.567ms', 'slow:<61.234567s'],
    ['slow:>0s', 'slow:>0ms'],
    ['slow:>1us|<5us', 'slow:>1µs|slow:<5µs'],
  ])('has durations in the unit that fits: %s', (text, printed) => {
    expect(printFilter(parseFilter(text).filter)).toBe(printed)
  })

  it('knows every flag', () => {
    expect(FLAG_NAMES.filter(flag => !IS.includes(flag))).toEqual([])
  })
})

describe('a time', () => {
  it.each([
    ['12.5s', 12_500],
    ['800ms', 800],
    ['1m30s', 90_000],
    ['1h', 3_600_000],
    ['.5', 500],
    ['-2s', -2000],
    ['', undefined],
    ['1x', undefined],
    ['s', undefined],
  ])('%s', (text, ms) => {
    expect(parseTime(text)).toBe(ms)
  })

  it('is printed as it is read', () => {
    for (const ms of [0, 0.001, 999.999, 1000, 61_234.567, -0.5, 1e12]) expect(parseTime(printTime(ms))).toBe(ms)
  })
})
