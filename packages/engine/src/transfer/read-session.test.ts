import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FileError } from './file-error'
import { SessionReader } from './read-session'
import { RawJson } from './value-builder'

const encoder = new TextEncoder()

/** Reads `text` in pieces of `size` bytes and returns what came out. */
function read(text: string, size = 7) {
  const parts: [string, unknown][] = []
  const reader = new SessionReader({
    session: value => parts.push(['session', value]),
    snapshot: value => parts.push(['snapshot', value]),
    gap: value => parts.push(['gap', value]),
    event: value => parts.push(['event', value]),
    artifact: value => parts.push(['artifact', value]),
  })
  const bytes = encoder.encode(text)
  for (let i = 0; i < bytes.length; i += size) reader.write(bytes.subarray(i, i + size))
  reader.end()
  return parts
}

function payloadOf(part: [string, unknown] | undefined): RawJson {
  if (!part) throw new Error('no such part')
  const { payload } = part[1] as { payload: unknown }
  expect(payload).toBeInstanceOf(RawJson)
  return payload as RawJson
}

function failure(text: string, size?: number): FileError {
  try {
    read(text, size)
  } catch (error) {
    if (error instanceof FileError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

const file = (events: string, extra = '') =>
  `{"format":"playhead/session","version":1,"session":{"id":"x"},${extra}"events":[${events}]}`

describe('reading a session file', () => {
  it('gives the parts in order, payloads as text', () => {
    const parts = read(
      file('{"id":"a","payload":{"a":[1,{"b":"é\\"\\u0000"}],"__proto__":{"x":1}}},{"id":"b","payload":null}'),
    )
    expect(parts.map(([part]) => part)).toEqual(['session', 'event', 'event'])
    const payload = payloadOf(parts[1])
    expect(payload.text).toBe('{"a":[1,{"b":"é\\"\\u0000"}],"__proto__":{"x":1}}')
    expect(payloadOf(parts[2]).text).toBe('null')
  })

  it('keeps any JSON payload to the letter, in pieces of any size', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.integer({ min: 1, max: 40 }), (value, size) => {
        const text = JSON.stringify(value)
        const [, event] = read(file(`{"payload":${text}}`), size)
        expect(payloadOf(event).text).toBe(text)
      }),
      { seed: 20261121, numRuns: 300 },
    )
  })

  it('gives hostile keys no meaning', () => {
    const [, event] = read(file('{"__proto__":{"polluted":1},"constructor":2,"payload":1}'))
    const value = event?.[1] as { polluted?: unknown }
    expect(value.polluted).toBeUndefined()
    expect(Object.keys(value)).toEqual(['__proto__', 'constructor', 'payload'])
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  it.each([
    ['', 'the file is empty', 'line 1, column 1'],
    ['[]', 'one JSON object', 'line 1'],
    ['{"version":1}', '"format" does not come first', 'line 1, column'],
    ['{"format":"other"}', 'not a Playhead session', 'line 1, column 15'],
    ['{"format":"playhead/session","session":{}}', '"version" does not come', 'line 1'],
    ['{"format":"playhead/session","version":2}', 'newer Playhead', 'version'],
    ['{"format":"playhead/session","version":1,"events":[]}', '"session" does not come before', 'events'],
    ['{"format":"playhead/session","version":1,"session":{}}', '"events" is missing', 'line 1'],
    [`${file('{"payload":1}').slice(0, -2)},\n{"payload":1`, 'ends in the middle (events[1])', 'line 2'],
    [file('{"payload":1},\n\n{"payload":}'), 'expected', 'line 3'],
    [file('{"payload":tru}'), 'not JSON', 'events[0]'],
    ['{"format":"playhead/session","version":1,\n\n"session":\nnonsense', 'not JSON', 'line 4'],
    [file('', '"gaps":{},'), 'must be a list', 'gaps'],
    [file('', '"gaps":[],"gaps":[],'), 'comes twice', 'gaps'],
    [`${file('')}x`, '', 'line 1'],
    [file(`{"payload":${'['.repeat(600)}`), 'nested deeper', 'events[0]'],
  ])('says what and where: %#', (text, what, where) => {
    const error = failure(text)
    expect(error.message).toContain(what)
    expect(error.where).toContain(where)
  })

  it.each([
    ['{"payload":1},,{"payload":2}', 'expected a value, found a comma', 15],
    [',{"payload":1}', 'expected a value, found a comma', 1],
    ['{"payload":1} {"payload":2}', 'expected comma or end, found {', 15],
    ['{"payload":1},', 'expected a value, found ]', 15],
    ['{"payload":1}}', 'expected comma or end, found }', 14],
    ['{"payload":1]', 'expected comma or end, found ]', 13],
  ])('says what stands between the events that must not: %s', (events, message, column) => {
    const start = file('').indexOf('[') + 1
    for (const size of [1, 7, 1000]) {
      const error = failure(file(events), size)
      expect(error.message).toContain(message)
      expect(error.where).toContain(`line 1, column ${start + column} `)
    }
  })

  it('reads a list the same, one by one or token by token, in pieces of any size', () => {
    const space = fc.constantFrom('', ' ', '\n', '\t \r\n')
    const event = fc.record({ id: fc.string(), payload: fc.jsonValue(), other: fc.jsonValue() })
    fc.assert(
      fc.property(fc.array(event), space, fc.nat(10), fc.integer({ min: 1, max: 60 }), (events, gap, odd, size) => {
        const texts = events.map(one => JSON.stringify(one))
        // From one that is no object on, token by token.
        if (odd < texts.length) texts.splice(odd, 0, '[1]')
        const parts = read(file(`${gap}${texts.join(`${gap},${gap}`)}${gap}`, '"gaps":[1],'), size).slice(2)
        const read_ = parts.map(([, one]) => (Array.isArray(one) ? one : { ...(one as object) }))
        const expected = texts.map(text => {
          const one = JSON.parse(text) as unknown
          return Array.isArray(one)
            ? one
            : { ...(one as object), payload: new RawJson(JSON.stringify((one as { payload: unknown }).payload)) }
        })
        expect(JSON.stringify(read_)).toBe(JSON.stringify(expected))
      }),
      { seed: 20261121, numRuns: 500 },
    )
  })

  it('survives every cut and every flipped byte', () => {
    const whole = file('{"id":"a","payload":{"a":[1,2,"ü"]}}', '"snapshots":[{"value":{"x":1}}],')
    const bytes = encoder.encode(whole)
    const attempt = (data: Uint8Array) => {
      const reader = new SessionReader({ session() {}, snapshot() {}, gap() {}, event() {}, artifact() {} })
      try {
        reader.write(data)
        reader.end()
      } catch (error) {
        expect(error).toBeInstanceOf(FileError)
        return false
      }
      return true
    }
    for (let end = 0; end < bytes.length; end++) expect(attempt(bytes.subarray(0, end))).toBe(false)
    for (let at = 0; at < bytes.length; at++) {
      for (const bit of [1, 32, 128]) {
        const damaged = bytes.slice()
        damaged[at] = (damaged[at] as number) ^ bit
        attempt(damaged)
      }
    }
  })
})
