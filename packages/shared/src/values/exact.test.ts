import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseExact } from './exact'
import { plainJson, plainText } from './plain'

it.each([
  ['822106502566256641', '822106502566256641'],
  ['{"id":-9007199254740993,"n":9007199254740992}', '{"id":-9007199254740993,"n":9007199254740992}'],
  ['["822106502566256641",{"822106502566256641":1}]', '["822106502566256641",{"822106502566256641":1}]'],
  ['{"a\\\\":822106502566256641}', '{"a\\\\":822106502566256641}'],
  ['0.12345678901234567', '0.12345678901234566'],
])('%s keeps the digits of its whole numbers: %s', (json, text) => expect(plainJson(parseExact(json))).toBe(text))

it('is JSON.parse where no number has too many digits', () => {
  fc.assert(
    fc.property(fc.jsonValue(), value => {
      const json = JSON.stringify(value)
      expect(parseExact(json)).toEqual(JSON.parse(json))
    }),
    { seed: 20, numRuns: 500 },
  )
})

it('keeps every whole number, wherever it stands', () => {
  const number = fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n })
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string(), number)), pairs => {
      const json = `[${pairs.map(([text, digits]) => `[${JSON.stringify(text)},${digits}]`).join(',')}]`
      expect(plainJson(parseExact(json))).toBe(json)
    }),
    { seed: 21, numRuns: 300 },
  )
})

it.each([
  [{ $ph: 'bigint', v: '150' }, '150n'],
  [{ $ph: 'date', v: '2026-01-02T03:04:05.006Z' }, '2026-01-02T03:04:05.006Z'],
  ['text', 'text'],
  [{ wei: { $ph: 'bigint', v: '150' }, at: { $ph: 'date', v: '2026' } }, '{"wei":150,"at":"2026"}'],
  [
    {
      $ph: 'map',
      v: [
        ['a', 1],
        [{ $ph: 'bigint', v: '2' }, 'b'],
      ],
    },
    '{"a":1,"2":"b"}',
  ],
  [{ $ph: 'map', v: [[{ x: 1 }, 1]] }, '[[{"x":1},1]]'],
  [{ $ph: 'set', v: [1, { $ph: 'undefined' }] }, '[1,null]'],
  [
    { $ph: 'error', name: 'E', message: 'm', stack: 's', v: { code: 7 } },
    '{"name":"E","message":"m","stack":"s","code":7}',
  ],
  [{ $ph: 'instance', type: 'Order', v: { $$ph: 1 } }, '{"$ph":1}'],
  [{ a: 1, '$ph:cut': 12 }, '{"a":1,"…":"12 more"}'],
])('%o is written as %s', (value, text) => expect(plainText(value)).toBe(text))
