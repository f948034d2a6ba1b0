import { Flag } from '@playhead/shared/model/event'
import { revive } from '@playhead/shared/values/revive'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EncodeLimits, RedactOptions } from '../api/options'
import { redactRule } from '../redaction/redact'
import { Encoder } from './encoder'
import { Keys } from './keys'

const LIMITS: EncodeLimits = { depth: 32, string: 32 << 10, entries: 5000, total: 128 << 10, host: 2048 }

function encoderWith(limits: Partial<EncodeLimits> = {}, redact: RedactOptions | false = false) {
  const encoder = new Encoder(new Keys(redactRule(redact), []), { ...LIMITS, ...limits }, 0)
  const text = (value: unknown): string => {
    encoder.pos = 0
    encoder.encode(value, 1)
    return new TextDecoder('utf-8', { fatal: true }).decode(encoder.buf.subarray(0, encoder.pos))
  }
  return { encoder, text, json: (value: unknown) => JSON.parse(text(value)) as unknown }
}

const plain = encoderWith()
/** Kinds of values fast-check makes only when asked. */
const RICH = { withBigInt: true, withDate: true, withMap: true, withSet: true, withTypedArray: true }

describe('plain JSON data', () => {
  it('is written as JSON.stringify writes it', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), value => {
        // What JSON cannot hold is tagged, and such keys are escaped: not the subject here.
        if (/\$ph|-0/.test(JSON.stringify(value)) || hasMinusZero(value)) return
        expect(plain.text(value)).toBe(JSON.stringify(value))
      }),
      { seed: 1, numRuns: 2000 },
    )
  })

  it('gets every string right', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(0xffff), { maxLength: 600 }), codes => {
        const text = String.fromCharCode(...codes)
        expect(plain.text(text)).toBe(JSON.stringify(text))
        expect(plain.text({ [text]: text })).toBe(
          JSON.stringify({ [/^\$+ph(:cut)?$/.test(text) ? `$${text}` : text]: text }),
        )
      }),
      { seed: 2, numRuns: 500 },
    )
    for (const text of [
      'x'.repeat(1000),
      `${'x'.repeat(1000)}"`,
      `${'é'.repeat(300)}\ud800`,
      '\ufffd'.repeat(200),
      '😀'.repeat(150),
    ]) {
      expect(plain.text(text)).toBe(JSON.stringify(text))
    }
  })

  it('keeps a property whose name is empty or a zero character, with a fresh encoder too', () => {
    for (const key of ['', '\u0000']) {
      expect(encoderWith().text({ [key]: 12 })).toBe(JSON.stringify({ [key]: 12 }))
    }
  })

  it('gets every number right', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.double({ noNaN: true, noDefaultInfinity: true }),
          fc.integer(),
          fc.maxSafeInteger(),
          fc.integer().map(cents => cents / 100),
          fc.tuple(fc.integer(), fc.integer({ min: -3, max: 3 })).map(([cents, ulps]) => nudged(cents / 100, ulps)),
          fc.tuple(fc.integer({ min: -(2 ** 31), max: 2 ** 31 }), fc.nat(5)).map(([n, digits]) => n / 10 ** digits),
        ),
        value => {
          if (Object.is(value, -0)) return
          expect(plain.text(value)).toBe(JSON.stringify(value))
          expect(plain.text({ value })).toBe(JSON.stringify({ value }))
        },
      ),
      { seed: 3, numRuns: 3000 },
    )
  })
})

/** The double `ulps` places after `value`. */
function nudged(value: number, ulps: number): number {
  const bits = new BigInt64Array(new Float64Array([value || 1]).buffer)
  bits[0] = (bits[0] as bigint) + BigInt(ulps)
  return new Float64Array(bits.buffer)[0] as number
}

describe('values that JSON lacks', () => {
  const anything = fc.anything({
    ...RICH,
    withSparseArray: true,
    withNullPrototype: false,
    withUnicodeString: true,
    maxDepth: 4,
  })

  it('come back', () => {
    fc.assert(
      fc.property(anything, value => {
        const { value: back } = revive(plain.text(value))
        expect(back).toStrictEqual(value)
        expect(plain.encoder.flags & ~Flag.opaque).toBe(0)
      }),
      { seed: 4, numRuns: 2000 },
    )
  })

  it('are tagged as values/tags says', () => {
    class Account {
      balance = 1
    }
    const error = new RangeError('too much', { cause: 'greed' })
    const cyclic: Record<string, unknown> = { deep: { list: [] as unknown[] } }
    ;(cyclic.deep as { list: unknown[] }).list.push(cyclic, cyclic.deep)
    expect(plain.json([undefined, Number.NaN, -0, 10n, Symbol('s'), new Date(Number.NaN)])).toEqual([
      { $ph: 'undefined' },
      { $ph: 'number', v: 'NaN' },
      { $ph: 'number', v: '-0' },
      { $ph: 'bigint', v: '10' },
      { $ph: 'symbol', v: 's' },
      { $ph: 'date', v: null },
    ])
    expect(plain.json(/a"b/giu)).toEqual({ $ph: 'regexp', v: ['a"b', 'giu'] })
    expect(plain.json(function pay() {})).toEqual({ $ph: 'function', v: 'pay' })
    expect(plain.encoder.flags).toBe(Flag.opaque)
    expect(plain.json(new Account())).toEqual({ $ph: 'instance', type: 'Account', v: { balance: 1 } })
    expect(plain.json(error)).toMatchObject({
      $ph: 'error',
      name: 'RangeError',
      message: 'too much',
      v: { cause: 'greed' },
    })
    expect((plain.json(error) as { stack: string }).stack).toContain('too much')
    expect(plain.json(cyclic)).toEqual({
      deep: {
        list: [
          { $ph: 'cycle', v: 3 },
          { $ph: 'cycle', v: 2 },
        ],
      },
    })
    expect(plain.json(Object.assign(new Array(2), { 1: 1 }))).toEqual([{ $ph: 'hole' }, 1])
    expect(plain.json({ $ph: 1, $$ph: 2, '$ph:cut': 3, $phx: 4 })).toEqual({
      $$ph: 1,
      $$$ph: 2,
      '$$ph:cut': 3,
      $phx: 4,
    })
    expect(plain.json(Object.assign(Object.create(null), { a: 1 }))).toEqual({ a: 1 })
    expect(plain.json(JSON.parse('{"__proto__":{"x":1}}'))).toEqual(JSON.parse('{"__proto__":{"x":1}}'))
    expect(plain.json(new Uint8Array([1, 2]))).toEqual({ $ph: 'bytes', type: 'Uint8Array', v: [1, 2] })
    expect(plain.json(new DataView(new Uint8Array([3]).buffer))).toEqual({ $ph: 'bytes', type: 'DataView', v: [3] })
    expect(plain.json(new Uint8Array([3]).buffer)).toEqual({ $ph: 'bytes', type: 'ArrayBuffer', v: [3] })
    expect(plain.json(Object.create(Date.prototype))).toEqual({ $ph: 'instance', type: 'Date', v: {} })
    expect(plain.json(globalThis)).toEqual({ $ph: 'instance', type: 'globalThis', v: {} })
  })
})

describe('the page’s code', () => {
  it('is not run', () => {
    const never = () => {
      throw new Error('was called')
    }
    const hostile = {
      toJSON: never,
      get secretly() {
        return never()
      },
      nested: Object.defineProperty([1], '0', { get: never, enumerable: true }),
      when: Object.assign(new Date(0), { toISOString: never, getTime: never, toJSON: never }),
      map: Object.assign(new Map([[1, 2]]), { entries: never, [Symbol.iterator]: never }),
      view: Object.defineProperty(new Uint8Array(1), Symbol.toStringTag, { get: never }),
      error: Object.defineProperty(new Error('e'), 'message', { get: never }),
      named: Object.defineProperty(() => {}, 'name', { get: never }),
    }
    expect(plain.json(hostile)).toMatchObject({
      toJSON: { $ph: 'function', v: 'never' },
      secretly: { $ph: 'getter' },
      nested: [{ $ph: 'getter' }],
      when: { $ph: 'date', v: '1970-01-01T00:00:00.000Z' },
      map: { $ph: 'map', v: [[1, 2]] },
      view: { $ph: 'bytes', type: 'Uint8Array', v: [0] },
      error: { $ph: 'error', message: '' },
      named: { $ph: 'function', v: '' },
    })
  })

  it('may throw from every trap of a Proxy, whatever it throws', () => {
    const traps = ['getPrototypeOf', 'ownKeys', 'getOwnPropertyDescriptor', 'get', 'has', 'isExtensible'] as const
    const odd = [
      new Error('no'),
      'text',
      null,
      undefined,
      5,
      Symbol('x'),
      new Proxy({}, { getPrototypeOf: fail, getOwnPropertyDescriptor: fail }),
    ]
    for (const trap of traps) {
      for (const thrown of odd) {
        for (const target of [{ a: 1 }, [1], new Map(), () => {}]) {
          const proxy = new Proxy(target, {
            [trap]: () => {
              throw thrown
            },
          })
          expect(() => plain.json({ before: 1, proxy, after: 2 })).not.toThrow()
          expect(plain.json({ before: 1, proxy, after: 2 })).toMatchObject({ before: 1, after: 2 })
        }
      }
    }
    const { proxy, revoke } = Proxy.revocable({}, {})
    revoke()
    expect(plain.json([proxy])).toMatchObject([{ $ph: 'threw' }])
  })

  it('may be an array of any length, if a Proxy says so', () => {
    for (const length of [Number.NaN, Infinity, -1, 2.5, '3', 5n, Symbol('x'), null, { toString: () => '}' }]) {
      const proxy = new Proxy([1], { get: (array, key) => (key === 'length' ? length : Reflect.get(array, key)) })
      expect(plain.json({ proxy, after: 2 })).toMatchObject({ after: 2 })
      expect(encoderWith({ depth: 1 }).json({ proxy, after: 2 })).toMatchObject({ proxy: { $ph: 'cut' }, after: 2 })
    }
  })

  function fail(): never {
    throw new Error('again')
  }
})

describe('budgets', () => {
  const small = encoderWith({ depth: 3, string: 20, entries: 4, total: 20_000 })

  it('cut visibly and say what was there', () => {
    expect(small.json('x'.repeat(50))).toEqual({ $ph: 'string', v: 'x'.repeat(20), size: 50 })
    expect(small.encoder.flags).toBe(Flag.truncated)
    expect(small.json([1, 2, 3, 4, 5, 6])).toEqual([1, 2, 3, 4, { $ph: 'cut', type: 'elements', size: 2 }])
    expect(small.json({ a: 1, b: 2, c: 3, d: 4, e: 5 })).toEqual({ a: 1, b: 2, c: 3, d: 4, '$ph:cut': 1 })
    expect(small.json([[[[1, 2]]]])).toEqual([[[{ $ph: 'cut', type: 'array', size: 2 }]]])
    expect(small.json(new Set([1, 2, 3, 4, 5]))).toEqual({
      $ph: 'set',
      v: [1, 2, 3, 4, { $ph: 'cut', type: 'elements', size: 1 }],
    })
    expect(small.json(`${'x'.repeat(19)}😀`)).toMatchObject({ v: 'x'.repeat(19), size: 21 })
    expect(small.json('fits')).toBe('fits')
    expect(small.encoder.originalBytes).toBe(0)
    small.json({ text: 'y'.repeat(1000) })
    expect(small.encoder.originalBytes).toBeGreaterThanOrEqual(1000)
  })

  it('hold for anything, and the text stays JSON', () => {
    const limits = fc.record({
      depth: fc.integer({ min: 1, max: 40 }),
      string: fc.integer({ min: 16, max: 5000 }),
      entries: fc.integer({ min: 1, max: 200 }),
      total: fc.integer({ min: 1024, max: 30_000 }),
    })
    const big = fc.oneof(
      fc.anything({
        ...RICH,
        withSparseArray: true,
        maxDepth: 6,
        maxKeys: 60,
      }),
      fc.array(fc.string({ maxLength: 3000, unit: 'binary' }), { maxLength: 60, size: 'max' }),
      fc.dictionary(fc.string({ maxLength: 700, unit: 'binary' }), fc.string({ maxLength: 3000 }), {
        maxKeys: 60,
        size: 'max',
      }),
    )
    fc.assert(
      fc.property(limits, big, (given, value) => {
        const { encoder, text } = encoderWith(given)
        expect(() => JSON.parse(text(value))).not.toThrow()
        // Behind the budget there is only room for marks.
        expect(encoder.pos).toBeLessThanOrEqual(encoder.limits.total + 8 * 1024 + 128 * 64)
      }),
      { seed: 5, numRuns: 300 },
    )
  })

  it('hold for 50 MB, for a hundred levels and for graphs that explode', () => {
    const text = 'é'.repeat(25_000_000)
    expect(plain.json(text)).toMatchObject({ $ph: 'string', size: 25_000_000 })
    expect(plain.json(new Array(5_000_000).fill(1))).toHaveLength(5001)
    expect(plain.json(new Uint8Array(50_000_000))).toMatchObject({ $ph: 'bytes', type: 'Uint8Array' })
    let deep: unknown = 'bottom'
    for (let i = 0; i < 100; i++) deep = i % 2 ? [deep] : { deep }
    expect(JSON.stringify(plain.json(deep))).toContain('"cut"')
    let keys: unknown = 1
    for (let i = 0; i < 120; i++) keys = new Map([[keys, '\u0001'.repeat(128)]])
    const small = encoderWith({ depth: 128, total: 1024 })
    expect(small.json(keys)).toMatchObject({ $ph: 'map' })
    expect(small.encoder.pos).toBeLessThanOrEqual(10 * 1024)
    let wide: unknown = 1
    for (let i = 0; i < 30; i++) wide = [wide, wide, wide]
    expect(plain.text(wide).length).toBeLessThan(140_000)
    expect(plain.json(10n ** 100_000n)).toMatchObject({ $ph: 'cut', type: 'bigint' })
    expect(plain.json({ ['k'.repeat(1_000_000)]: 1 })).toEqual({ [`${'k'.repeat(512)}… (1000000 characters)`]: 1 })
  })

  it('never let an event past 256 kB', () => {
    const { encoder, json } = encoderWith({ total: 1 << 30, string: 1 << 30, entries: 1 << 30, depth: 1000 })
    json(Array.from({ length: 500 }, () => '\u0001é😀'.repeat(1000)))
    expect(encoder.pos).toBeLessThanOrEqual(256 * 1024)
    let deep: unknown = 'x'.repeat(300_000)
    for (let i = 0; i < 126; i++) deep = { [`${'k'.repeat(500)}`]: deep, more: deep }
    json(deep)
    expect(encoder.pos).toBeLessThanOrEqual(256 * 1024)
  })
})

describe('redaction', () => {
  const safe = encoderWith({}, {})

  it('replaces values at any depth, in Maps too, and marks it', () => {
    const json = safe.json({
      user: { Password: 'hunter2', name: 'ann' },
      list: [{ accessToken: { deep: 1 } }],
      map: new Map<unknown, unknown>([
        ['api_key', 's3'],
        [{ cookie: 1 }, 'x'],
      ]),
      error: Object.assign(new Error('no'), { secret: 's4' }),
      get cvv() {
        return 1
      },
    })
    expect(json).toMatchObject({
      user: { Password: { $ph: 'redacted', v: 'password' }, name: 'ann' },
      list: [{ accessToken: { $ph: 'redacted', v: 'token' } }],
      map: {
        v: [
          ['api_key', { $ph: 'redacted', v: 'apikey' }],
          [{ cookie: { $ph: 'redacted' } }, 'x'],
        ],
      },
      error: { v: { secret: { $ph: 'redacted' } } },
      cvv: { $ph: 'redacted' },
    })
    expect(JSON.stringify(json)).not.toMatch(/hunter2|s3|s4/)
    expect(safe.encoder.flags & Flag.redacted).toBe(Flag.redacted)
  })

  it('is never left out because of what a payload of the same type looked like before', () => {
    for (let i = 0; i < 200; i++) {
      safe.json({ a: i, b: i })
      expect(JSON.stringify(safe.json({ a: i, password: 'hunter2' }))).not.toContain('hunter2')
    }
  })
})

function hasMinusZero(value: unknown): boolean {
  if (Object.is(value, -0)) return true
  return typeof value === 'object' && value !== null && Object.values(value).some(hasMinusZero)
}
