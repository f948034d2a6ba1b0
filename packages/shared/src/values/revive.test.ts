import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { taggedJson } from '../testing/tagged-json'
import { isWhole } from './is-whole'
import { revive } from './revive'

const SEED = 20260801

/** Values the format carries whole, at any nesting. */
const values = fc.letrec<{ value: unknown }>(tie => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.oneof(
      fc.constantFrom<unknown>(
        undefined,
        null,
        true,
        Number.NaN,
        -0,
        Number.NEGATIVE_INFINITY,
        new Date(Number.NaN),
        /a\/b[/]$/giu,
      ),
      fc.double(),
      fc.string({ unit: 'binary' }),
      fc.bigInt(),
      fc.date({ noInvalidDate: true }),
      fc.uint8Array(),
      fc.float64Array(),
      fc.bigInt64Array(),
    ),
    fc.array(tie('value')),
    fc.sparseArray(tie('value'), { maxLength: 5, noTrailingHole: true }),
    fc.dictionary(
      fc.oneof(fc.string(), fc.constantFrom('$ph', '$$ph', '$ph:cut', '__proto__', 'constructor', 'toString')),
      tie('value'),
    ),
    fc.array(fc.tuple(tie('value'), tie('value'))).map(entries => new Map(entries)),
    fc.array(tie('value')).map(items => new Set(items)),
    fc
      .tuple(fc.constantFrom('Error', 'TypeError', 'PaymentError'), fc.string(), tie('value'))
      .map(([name, message, detail]) => {
        const error = Object.assign(new Error(message), { detail })
        Object.defineProperty(error, 'name', { value: name })
        return error
      }),
  ),
})).value

describe('revive', () => {
  it('gives back every value the format carries', () => {
    fc.assert(
      fc.property(values, value => {
        const text = taggedJson(value)
        const revived = revive(text)
        expect(taggedJson(revived.value)).toBe(text)
        expect(revived.whole).toBe(true)
        expect(isWhole(text)).toBe(true)
      }),
      { seed: SEED, numRuns: 500 },
    )
  })

  it('gives back native objects, not things that look like them', () => {
    const source = {
      date: new Date(5),
      map: new Map([[{ a: 1 }, new Set([1n])]]),
      list: Object.assign(new Array(2), { 1: 'after a hole' }),
      view: new Float32Array([1.5, Number.NaN]),
      zero: -0,
    }
    expect(revive(taggedJson(source)).value).toStrictEqual(source)
    const error = revive(taggedJson(new TypeError('no'))).value
    expect(error).toBeInstanceOf(TypeError)
    const sparse: unknown[] = []
    sparse[100_000] = { id: 7 }
    expect(revive('{"$ph":"sparse","length":100001,"v":{"100000":{"id":7}}}')).toStrictEqual({
      value: sparse,
      whole: true,
    })
    expect(revive('{"$ph":"bytes","type":"ArrayBuffer","v":[1,2]}').value).toStrictEqual(new Uint8Array([1, 2]).buffer)
    expect(revive('{"$ph":"bytes","type":"DataView","v":[1,2]}').value).toBeInstanceOf(DataView)
  })

  it('closes cycles', () => {
    const { value, whole } = revive(
      '{"a":{"b":[{"$ph":"cycle","v":3},{"$ph":"cycle","v":1}]},"m":{"$ph":"map","v":[[1,{"$ph":"cycle","v":1}]]}}',
    )
    const root = value as { a: { b: unknown[] }; m: Map<number, unknown> }
    expect(root.a.b[0]).toBe(root)
    expect(root.a.b[1]).toBe(root.a.b)
    expect(root.m.get(1)).toBe(root.m)
    expect(whole).toBe(true)
  })

  it.each([
    ['{"$ph":"function","v":"f"}', undefined],
    ['{"$ph":"node","v":"div"}', undefined],
    ['{"$ph":"getter"}', undefined],
    ['{"$ph":"threw","v":"no"}', undefined],
    ['{"$ph":"cut","type":"object","size":3}', undefined],
    ['{"$ph":"from the future"}', undefined],
    ['{"$ph":"redacted","v":"password"}', '[redacted]'],
    ['{"$ph":"string","v":"begin","size":99}', 'begin'],
    ['[1,{"$ph":"cut","type":"elements","size":7}]', [1]],
    ['{"a":1,"$ph:cut":4}', { a: 1 }],
    ['{"$ph":"instance","type":"Account","v":{"id":1}}', { id: 1 }],
    ['{"$ph":"instance","type":"Decimal","v":"1.50"}', '1.50'],
    ['{"$ph":"instance","type":"List","v":[1,{"$ph":"undefined"}]}', [1, undefined]],
    ['{"$ph":"sparse","length":3,"v":{"1":1,"$ph:cut":1}}', Object.assign(new Array(3), { 1: 1 })],
    ['{"$ph":"set","v":[1,{"$ph":"cut","type":"elements","size":7}]}', new Set([1])],
  ])('says that %s is not whole', (text, expected) => {
    expect(revive(text)).toStrictEqual({ value: expected, whole: false })
    expect(isWhole(text)).toBe(false)
  })

  it('never changes a prototype', () => {
    const { value } = revive(
      '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"e":{"$ph":"error","name":"E","message":"","stack":"","v":{"__proto__":{"polluted":1}}}}',
    )
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
    expect(Object.keys(value as object)).toEqual(['__proto__', 'constructor', 'e'])
    expect((value as { e: Error }).e).toBeInstanceOf(Error)
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  it('refuses what is too deep, with a message', () => {
    const nested = (levels: number, open: string, close: string) => open.repeat(levels) + close.repeat(levels)
    expect(revive(nested(200, '[', ']')).whole).toBe(true)
    for (const [open, close] of [
      ['[', ']'],
      ['{"a":', '}'],
      ['{"$ph":"set","v":[', ']}'],
      ['{"$ph":"instance","type":"A","v":{"a":', '}}'],
    ] as const) {
      expect(() => revive(nested(10_000, open, open.endsWith(':') ? `1${close}` : close))).toThrow(/deeper than|JSON/)
    }
    expect(revive(nested(10_000, '{"$ph":"bytes","type":"Uint8Array","v":[', ']}')).whole).toBe(false)
  })

  it('survives tags that hold the wrong things', () => {
    const tag = fc.constantFrom(
      'undefined',
      'hole',
      'sparse',
      'number',
      'bigint',
      'symbol',
      'date',
      'regexp',
      'map',
      'set',
      'bytes',
      'error',
      'function',
      'instance',
      'cycle',
      'cut',
      'string',
    )
    fc.assert(
      fc.property(tag, fc.jsonValue(), fc.jsonValue(), (name, v, type) => {
        revive(JSON.stringify([{ $ph: name, v, type, name: v, message: type }]))
      }),
      { seed: SEED, numRuns: 1000 },
    )
    expect(() => revive('{"a":')).toThrow(SyntaxError)
  })
})
