import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accepted, completeFilter, fieldAt } from './complete'
import { parseFilter } from './parse'
import type { Seen } from './seen'
import { FORMS, KEYS } from './vocabulary'

const NOTHING: Seen = {
  ...{ types: [], sources: [], levels: [], kinds: [], producers: [], marks: [], takes: [], facets: [], paths: [] },
  values: [],
}
const SEEN: Seen = {
  ...NOTHING,
  types: [
    { name: 'row:update', count: 900 },
    { name: 'row:insert', count: 100 },
    { name: 'Settlement', count: 40 },
    { name: 'with space', count: 3 },
  ],
  sources: [{ name: 'core', count: 9 }],
  levels: [
    { name: 'milestone', count: 2 },
    { name: 'decision', count: 3 },
  ],
  marks: [{ name: 'day 2', count: 1 }],
  takes: [{ take: 0, name: 'the recording', count: 5 }],
  facets: [
    {
      name: 'agentId',
      count: 50,
      values: [
        { value: 'BANK_A', count: 30 },
        { value: '17', count: 2 },
      ],
    },
    { name: 'tick', count: 9, values: [{ value: 4, count: 9 }] },
  ],
  paths: [
    { path: ['amount'], count: 12 },
    { path: ['by', 'odd key'], count: 3 },
  ],
  values: [
    {
      field: { path: ['amount'] },
      values: [
        { value: 50, count: 3 },
        { value: '50', count: 2 },
        { value: 'much money', count: 2 },
        { value: true, count: 1 },
        { value: 'true', count: 1 },
        { value: null, count: 1 },
      ],
      all: false,
    },
    { field: { path: ['by', 'odd key'] }, values: [{ value: 'x', count: 3 }], all: true },
  ],
}
/** `‸` is the caret. */
const at = (marked: string, seen = SEEN) => {
  const caret = marked.indexOf('‸')
  return { text: marked.replace('‸', ''), completion: completeFilter(marked.replace('‸', ''), caret, seen) }
}
const texts = (marked: string) => at(marked).completion.options.map(({ text }) => text)
const take = (marked: string, label: string) => {
  const { text, completion } = at(marked)
  const option = completion.options.find(one => one.label === label)
  if (!option) throw new Error(`no ${label} among ${completion.options.map(one => one.label)}`)
  const done = accepted(text, completion, option)
  return `${done.text.slice(0, done.caret)}‸${done.text.slice(done.caret)}`
}

describe('completion', () => {
  it('goes from a key to its values', () => {
    expect(take('ty‸', 'type:')).toBe('type:‸')
    expect(texts('type:‸').slice(0, 3)).toEqual(['row:*', 'row:update', 'row:insert'])
    expect(take('type:up‸', 'row:update')).toBe('type:row:update‸')
    expect(take('-ty‸ level:state', 'type:')).toBe('-type:‸ level:state')
    expect(take('type:"with s‸', 'with space')).toBe('type:"with space"‸')
  })

  it('goes on behind a bar', () => {
    expect(take('type:Settlement|ins‸', 'row:insert')).toBe('type:Settlement|row:insert‸')
    expect(take('type:Settlement|‸ is:error', 'row:insert')).toBe('type:Settlement|row:insert‸ is:error')
    expect(texts('source:x|‸')).toEqual(['core'])
    expect(texts('agentId=BANK_B|‸')).toEqual(['BANK_A', '"17"'])
    expect(take('tick!=5|‸ is:error', '4')).toBe('tick!=5|4‸ is:error')
    expect(take('payload.amount=1|mu‸', 'much money')).toBe('payload.amount=1|"much money"‸')
    expect(take('-payload.by."odd key"=1|/r/|‸', 'x')).toBe('-payload.by."odd key"=1|/r/|x‸')
    expect(at('payload.amount=1|‸').completion).toMatchObject({ hint: 'text, a number, true, false or null' })
    expect(texts('payload.amount>1|‸')).not.toContain('50')
    expect(take('type:Settlement|payl‸', 'payload.amount=')).toBe('type:Settlement|payload.amount=‸')
  })

  it('does not offer what the term names already', () => {
    expect(texts('type:row:update|ro‸')).toEqual(['row:*', 'row:insert'])
    expect(texts('type:ro‸|row:update')).toEqual(['row:*', 'row:insert'])
    expect(texts('agentId=BANK_A|‸')).toEqual(['"17"'])
    expect(texts('payload.amount=50|true|‸')).toEqual(['"50"', '"much money"', '"true"', 'null'])
    expect(texts('type:row:*|type:up‸')).toEqual(['row:update'])
    // In another clause it is another thing to say.
    expect(texts('type:row:update type:up‸')).toEqual(['row:update'])
  })

  it('gives a value its key behind a bar where it would be something else', () => {
    const seen: Seen = {
      ...SEEN,
      values: [{ field: { path: ['a'] }, values: [{ value: 'is:error', count: 1 }], all: true }],
    }
    expect(at('payload.a=1|‸', seen).completion.options.map(({ text }) => text)).toEqual(['payload.a=is:error'])
  })

  it('knows facets, their values, and fields of payloads', () => {
    expect(take('ag‸', 'agentId=')).toBe('agentId=‸')
    expect(texts('agentId=‸')).toEqual(['BANK_A', '"17"'])
    expect(texts('tick=‸')).toEqual(['4'])
    expect(take('amo‸', 'payload.amount=')).toBe('payload.amount=‸')
    expect(take('odd‸', 'payload.by."odd key"=')).toBe('payload.by."odd key"=‸')
  })

  it('knows values of fields, written so that they are what they were', () => {
    expect(texts('payload.amount=‸')).toEqual(['50', '"50"', '"much money"', 'true', '"true"', 'null'])
    expect(take('payload.amount=mu‸ is:error', 'much money')).toBe('payload.amount="much money"‸ is:error')
    expect(take('-payload.amount!=‸', 'null')).toBe('-payload.amount!=null‸')
    expect(at('payload.amount=5‸').completion.options[0]).toMatchObject({ label: '50', count: 3, more: true })
    expect(at('payload.by."odd key"=‸').completion.options).toEqual([
      { text: 'x', label: 'x', sort: 'value', does: '', count: 3 },
    ])
    expect(at('payload.other=‸').completion).toMatchObject({ options: [], hint: 'text, a number, true, false or null' })
    expect(texts('payload.amount>‸')).toEqual([])
  })

  it('knows values that were looked for by their letters, with the better of two counts', () => {
    const [some] = SEEN.values
    const found = (values: { value: string | number; count: number }[], typed: string, all: boolean) => ({
      ...{ field: { path: ['amount'] }, values, typed, all },
    })
    const seen = {
      ...SEEN,
      values: [
        some!,
        found([{ value: 'Mum', count: 1 }], 'm', true),
        found([{ value: 'much money', count: 7 }], 'm', true),
        found([{ value: 50, count: 2 }], '5', false),
        found([{ value: 51, count: 4 }], '5', false),
      ],
    }
    const counts = (marked: string) =>
      at(marked, seen).completion.options.map(({ label, count, more }) => [label, count, more])
    expect(counts('payload.amount=mu‸')).toEqual([
      ['much money', 7, undefined],
      ['Mum', 1, undefined],
    ])
    expect(counts('payload.amount=1|5‸').slice(0, 2)).toEqual(
      [
        [51, 4, true],
        [50, 3, true],
      ].map(([label, ...rest]) => [String(label), ...rest]),
    )
    const facet = {
      ...SEEN,
      values: [{ field: { facet: 'agentId' }, typed: 'b', values: [{ value: 'BANK_Z', count: 1 }], all: true }],
    }
    expect(at('agentId=x|ban‸', facet).completion.options.map(({ label }) => label)).toEqual(['BANK_A', 'BANK_Z'])
    // What was looked for by other letters is not known to be all there is.
    expect(counts('payload.amount=‸').map(([label]) => label)).not.toContain('Mum')
  })

  it('says which field the caret is behind', () => {
    const field = (marked: string) => fieldAt(marked.replace('‸', ''), marked.indexOf('‸'))
    expect(field('is:error payload.by."odd key"=a‸ x')).toEqual({ field: { path: ['by', 'odd key'] }, typed: 'a' })
    expect(field('payload.a=1|"two w‸ords"')).toEqual({ field: { path: ['a'] }, typed: 'two w' })
    expect(field('payload.am‸ount=1')).toBeUndefined()
    expect(field('payload.amount<1‸')).toBeUndefined()
    expect(field('agentId=A|B‸')).toEqual({ field: { facet: 'agentId' }, typed: 'B' })
    expect(field('type:x‸')).toBeUndefined()
  })

  it('replaces the whole word the caret is in', () => {
    expect(take('type:row:‸insert x', 'row:update')).toBe('type:row:update‸ x')
    expect(take('le‸vel:x', 'level:')).toBe('level:‸x')
  })

  it('counts levels with those before', () => {
    expect(at('level:d‸').completion.options[0]).toMatchObject({ text: 'decision', count: 5 })
  })

  it('says what to write where nothing can be offered', () => {
    expect(at('after:‸').completion).toMatchObject({
      options: [],
      hint: 'from this time after the start on, as in after:12.5s',
    })
  })

  it('offers limits that are worth knowing', () => {
    expect(take('sl‸', 'slow:')).toBe('slow:‸')
    expect(texts('slow:‸')).toEqual(['>1ms', '>16ms', '>50ms', '>1s'])
    expect(take('-slow:5‸ is:error', '>50ms')).toBe('-slow:>50ms‸ is:error')
    expect(at('slow:>7‸').completion).toMatchObject({
      options: [],
      hint: 'how long its dispatch took: > >= < <=, as in slow:>50ms',
    })
  })

  it('offers nothing inside a regular expression or quotes', () => {
    expect(texts('/ty‸pe/')).toEqual([])
    expect(texts('"ty‸pe"')).toEqual([])
  })

  const name = fc.oneof(
    fc.constantFrom(
      'row:update',
      'a b',
      'x"y',
      '-neg',
      '17',
      'true',
      'a|b',
      'is:error',
      '/r/',
      '',
      '*',
      'Käse',
      'a=b',
      '\\',
      'p.q',
    ),
    fc.string({ maxLength: 8 }),
  )
  const names = fc.array(fc.record({ name, count: fc.nat(99) }), { maxLength: 5 })
  const seen = fc.record<Seen>({
    ...{
      types: names,
      sources: names,
      levels: fc.constant([]),
      kinds: fc.constant([]),
      producers: names,
      marks: names,
    },
    takes: fc.array(fc.record({ take: fc.nat(9), name, count: fc.nat(9) }), { maxLength: 2 }),
    facets: fc.array(
      fc.record({
        name,
        count: fc.nat(9),
        values: fc.array(
          fc.record({ value: fc.oneof(name, fc.integer(), fc.double({ noNaN: true })), count: fc.nat(9) }),
          { maxLength: 3 },
        ),
      }),
      { maxLength: 3 },
    ),
    paths: fc.array(fc.record({ path: fc.array(name, { minLength: 1, maxLength: 3 }), count: fc.nat(9) }), {
      maxLength: 3,
    }),
    values: fc.array(
      fc.record({
        field: fc.constantFrom({ path: ['amount'] }, { path: ['rowId'] }, { path: ['a'] }, { facet: 'a' }),
        values: fc.array(
          fc.record({
            value: fc.oneof(name, fc.integer(), fc.double({ noNaN: true }), fc.boolean(), fc.constant(null)),
            count: fc.nat(9),
          }),
          { maxLength: 3 },
        ),
        all: fc.boolean(),
      }),
      { maxLength: 3 },
    ),
  })
  const piece = fc.oneof(
    fc.constantFrom(...KEYS.flatMap(({ key, example }) => [`${key}:`, example, key.slice(0, 2)])),
    fc.constantFrom(...FORMS.map(({ example }) => example)),
    fc.constantFrom(
      ' ',
      ' ',
      '|',
      '-',
      '"',
      '/',
      'tpye:x',
      'level:lod',
      'payload.',
      'payload.a=',
      'a=',
      'x',
      'ty',
      '\\',
    ),
    fc.string({ maxLength: 4 }),
  )

  it('offers only what is understood in its place, and touches nothing else', () => {
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 6 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        seen,
        (pieces, where, given) => {
          const text = pieces.join('')
          const caret = Math.round(where * text.length)
          const completion = completeFilter(text, caret, given)
          expect(completion.from).toBeLessThanOrEqual(caret)
          expect(completion.to).toBeGreaterThanOrEqual(caret)
          for (const option of completion.options) {
            const done = accepted(text, completion, option)
            expect(done.text.startsWith(text.slice(0, completion.from) + option.text)).toBe(true)
            expect(done.text.endsWith(text.slice(completion.to))).toBe(true)
            const [from, to] = [completion.from, done.caret]
            const wrong = parseFilter(done.text).problems.filter(problem => problem.from < to && problem.to > from)
            // A key alone is not whole yet: that is all that may be missing.
            if (option.sort === 'value') expect(wrong).toEqual([])
            else for (const { message } of wrong) expect(message).toMatch(/needs a value|takes|compares/)
          }
        },
      ),
      { numRuns: 600 },
    )
  })

  it('finds every name that was seen by its first letters', () => {
    fc.assert(
      fc.property(names, fc.nat(4), (types, letters) => {
        for (const { name: wanted } of types) {
          if (wanted === '' || /^"/.test(wanted)) continue
          const start = `type:"${wanted.slice(0, letters).replace(/[\\"]/g, '\\$&')}`
          const { options, ...range } = completeFilter(start, start.length, { ...NOTHING, types })
          const option = options.find(({ label }) => label === wanted)
          expect(option, JSON.stringify(start)).toBeDefined()
          const done = accepted(start, range, option!)
          expect(parseFilter(done.text)).toMatchObject({
            problems: [],
            filter: { all: [{ any: [{ key: 'type', glob: wanted }] }] },
          })
        }
      }),
    )
  })
})
