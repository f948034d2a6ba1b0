import { eventId } from '@playhead/shared/model/id'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Permalink, parsePermalink, printPermalink } from './permalink'

const ID = '01J00000000000000000000000'

it('reads back what it wrote, from a text and from an address', () => {
  const link = fc.record<Permalink>(
    {
      filter: fc.string({ unit: 'grapheme', maxLength: 60 }),
      range: fc.record({ from: fc.integer({ min: -1000, max: 1e6 }), to: fc.integer({ min: 1_000_001, max: 1e9 }) }),
      events: fc.array(
        fc.oneof(
          fc.integer({ min: 1, max: 1e9 }).map(n => eventId(ID, n)),
          fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }),
        ),
        { minLength: 1, maxLength: 5 },
      ),
      session: fc.constant(ID),
    },
    { requiredKeys: ['filter'] },
  )
  fc.assert(
    fc.property(link, given => {
      expect(parsePermalink(printPermalink(given))).toEqual(given)
      expect(parsePermalink(`  ${printPermalink(given)}\n`)).toEqual(given)
      expect(parsePermalink(new URL(`http://localhost/#${printPermalink(given)}`).hash.slice(1))).toEqual(given)
    }),
  )
})

it('takes nothing from a link that it should not have', () => {
  expect(parsePermalink('type:row:*')).toBeUndefined()
  expect(parsePermalink('playhead:hello')).toBeUndefined()
  expect(parsePermalink('x playhead:filter=a')).toBeUndefined()
  expect(parsePermalink(`playhead:filter=${'a'.repeat(100_000)}`)).toBeUndefined()
  expect(
    parsePermalink(`playhead:filter=a&from=9&to=1&event=${'x'.repeat(513)}&session=<b>&replay=1&__proto__=x`),
  ).toEqual({
    filter: 'a',
  })
  expect(parsePermalink('playhead:from=NaN&to=1e999')).toEqual({ filter: '' })
  expect(() => printPermalink({ filter: 'half \ud83d', events: ['\udc00'] })).not.toThrow()
  expect(parsePermalink('other')).toBeUndefined()
})

it('holds a long filter whole, or not at all: a part of it would be another one', () => {
  const long = `type:${'数'.repeat(9000)}`
  expect(parsePermalink(printPermalink({ filter: long, session: ID }))).toEqual({ filter: long, session: ID })
  expect(parsePermalink(printPermalink({ filter: `type:${'a'.repeat(10_000)}`, session: ID }))).toEqual({
    filter: '',
    session: ID,
  })
})

it('has as many events as a link has room for', () => {
  const events = Array.from({ length: 500 }, (_, n) => eventId(ID, n + 1))
  expect(parsePermalink(printPermalink({ filter: '', events }))?.events).toEqual(events.slice(0, 100))
  const long = events.map(id => id.padEnd(500, 'x'))
  const read = parsePermalink(printPermalink({ filter: 'type:row:*', session: ID, events: long }))
  expect(read).toMatchObject({ filter: 'type:row:*', session: ID })
  expect(read?.events).toEqual(long.slice(0, 15))
})
