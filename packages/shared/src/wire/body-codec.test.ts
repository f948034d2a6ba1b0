import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BodyCodec, decodeBody, encodeBody, encodeDeflatedBody, readBody } from './body-codec'
import { COLUMNS } from './column-table'
import { containerChecksum, Holds, section, writeContainer } from './container'
import { WireError } from './error'
import { Limits } from './limits'
import { Section } from './sections'

const SEED = 20260802

function forged(body: ArrayBuffer, change: (words: Uint32Array) => void): ArrayBuffer {
  const words = new Uint32Array(body)
  change(words)
  words[5] = containerChecksum(words)
  return body
}

describe('a compressed body', () => {
  it('says how it is stored and how many bytes its text has', () => {
    const body = encodeDeflatedBody(Uint8Array.of(1, 2, 3), 700, 1)
    expect(readBody(body)).toEqual({
      codec: BodyCodec.deflate,
      bytes: Uint8Array.of(1, 2, 3),
      size: 700,
      grouped: true,
    })
    expect(() => decodeBody(body)).toThrow(new WireError('is compressed', 'text').message)
  })

  it('must have as many bytes of text as the head says', () => {
    const body = encodeDeflatedBody(Uint8Array.of(1, 2, 3), 700, 1)
    expect(readBody(body, { count: 1, payloadEnds: Uint32Array.of(700) }).size).toBe(700)
    expect(() => readBody(body, { count: 1, payloadEnds: Uint32Array.of(701) })).toThrow(WireError)
    expect(() => readBody(body, { count: 2, payloadEnds: Uint32Array.of(1, 700) })).toThrow(WireError)
    const large = encodeDeflatedBody(Uint8Array.of(1, 2, 3), Limits.containerBytes + 1, 1)
    expect(() => readBody(large)).toThrow(/at most/)
  })

  it('of a codec, version or order that is not known is refused', () => {
    const body = () => encodeDeflatedBody(Uint8Array.of(1, 2, 3), 700, 1)
    for (const change of [
      (words: Uint32Array) => (words[6] = words[6]! + (1 << 24)),
      (words: Uint32Array) => (words[6] = words[6]! + (1 << 16)),
      (words: Uint32Array) => (words[9] = 3),
    ])
      expect(() => readBody(forged(body(), change))).toThrow(/is not known/)
  })

  it('is refused when cut or damaged anywhere', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.nat(), fc.integer({ min: 1, max: 255 }), (bytes, at, change) => {
        const body = encodeDeflatedBody(bytes, 900, 3)
        expect(() => readBody(body.slice(0, at % body.byteLength))).toThrow(WireError)
        new Uint8Array(body)[at % body.byteLength]! ^= change
        expect(() => readBody(body)).toThrow(WireError)
      }),
      { seed: SEED, numRuns: 500 },
    )
  })
})

it('a body holds its text once, and nothing that belongs elsewhere', () => {
  const text = section(Section.text, Uint8Array.of(1))
  const unknown = { ...section(5000, Uint8Array.of(2)), version: 9 }
  expect(decodeBody(writeContainer(Holds.body, 1, [text, unknown]))).toEqual(Uint8Array.of(1))
  for (const sections of [[text, text], [text, section(COLUMNS.n.section, Uint8Array.of(1))], [unknown], []])
    expect(() => readBody(writeContainer(Holds.body, 1, sections))).toThrow(WireError)
  const lying = { ...text, rawLength: 2 }
  expect(() => readBody(writeContainer(Holds.body, 1, [lying]))).toThrow(/says 2 bytes/)
})

it('a raw body of today has the bytes it always had', () => {
  const hex = Buffer.from(encodeBody(new TextEncoder().encode('{"a":1}null'), 2)).toString('hex')
  expect(hex).toBe(
    '504c484401000300380000000100000002000000b00eac96110001000b0000000b000000000000007b2261223a317d6e756c6c0000000000',
  )
})
