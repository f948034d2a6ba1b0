import { eventId } from '@playhead/shared/model/id'
import fc from 'fast-check'
import { FILE_PRODUCER } from './small-file'

/** Words that mean something to a reader, or to an object. */
const words = fc.constantFrom(
  ...[
    'null',
    '1e999',
    '-1',
    '0',
    '4294967295',
    '1e308',
    '-0',
    '0.1e-400',
    '""',
    '[]',
    '{}',
    '"__proto__"',
    '[[[[',
    '}',
  ],
  ...['"\\ud800"', '\u0000', ',', ':', '"', '\\', '\ufeff', '\n', '\r\n', '\n\n{', '9'.repeat(400), '['.repeat(10_000)],
  ...[FILE_PRODUCER, eventId(FILE_PRODUCER, 3), 'payload', 'events', 'session', '{"end":{"events":1e99}}\n'],
  ...['{"format":"playhead/session","version":1,"session":{}}\n', '{"gap":', '{"snapshot":{"value":', '\n{"id":1}\n'],
)
const at = fc.nat(1 << 16)

/** One thing that happens to a file on its way. `at` is taken within its length. */
export const damage = fc.oneof(
  fc.record({ how: fc.constant('byte' as const), at, byte: fc.nat(255) }),
  fc.record({ how: fc.constant('bit' as const), at, byte: fc.nat(7) }),
  fc.record({ how: fc.constant('insert' as const), at, word: words }),
  fc.record({ how: fc.constant('token' as const), at, word: words }),
  fc.record({ how: fc.constant('remove' as const), at, length: fc.integer({ min: 1, max: 60 }) }),
  fc.record({ how: fc.constant('cut' as const), at }),
  fc.record({ how: fc.constant('double' as const), at, length: fc.integer({ min: 1, max: 200 }) }),
  fc.record({ how: fc.constant('digit' as const), at, byte: fc.integer({ min: 48, max: 57 }) }),
  fc.record({ how: fc.constant('swap' as const), at, to: at }),
)
export type Damage = typeof damage extends fc.Arbitrary<infer T> ? T : never

const NEWLINE = 10

export function damaged(bytes: Uint8Array, it: Damage): Uint8Array {
  const at = it.at % Math.max(1, bytes.length)
  const splice = (from: number, to: number, by: Uint8Array) =>
    new Uint8Array([...bytes.subarray(0, from), ...by, ...bytes.subarray(to)])
  switch (it.how) {
    case 'byte':
      return splice(at, at + 1, Uint8Array.of(it.byte))
    case 'bit':
      return splice(at, at + 1, Uint8Array.of((bytes[at] ?? 0) ^ (1 << it.byte)))
    case 'insert':
      return splice(at, at, new TextEncoder().encode(it.word))
    case 'remove':
      return splice(at, at + it.length, new Uint8Array())
    case 'cut':
      return bytes.slice(0, at)
    case 'double':
      return splice(at, at, bytes.slice(at, at + it.length))
    case 'digit': {
      const digit = bytes.findIndex((byte, i) => i >= at && byte >= 48 && byte <= 57)
      return digit < 0 ? bytes : splice(digit, digit + 1, Uint8Array.of(it.byte))
    }
    case 'token': {
      // From one value's colon to the end of its line.
      const colon = bytes.indexOf(58, at)
      if (colon < 0) return bytes
      const end = bytes.indexOf(NEWLINE, colon)
      const comma = bytes[end - 1] === 44 ? ',' : ''
      return splice(colon + 1, end < 0 ? bytes.length : end, new TextEncoder().encode(it.word + comma))
    }
    case 'swap': {
      const lines = new TextDecoder().decode(bytes).split('\n')
      const [a, b] = [it.at % lines.length, it.to % lines.length]
      ;[lines[a], lines[b]] = [lines[b] ?? '', lines[a] ?? '']
      return new TextEncoder().encode(lines.join('\n'))
    }
  }
}
