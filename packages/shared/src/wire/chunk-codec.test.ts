import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chunks, copied } from '../testing/batches'
import { decodeBody, encodeBody } from './body-codec'
import { decodeHead, encodeHead } from './chunk-codec'
import { containerChecksum } from './container'
import { WireError } from './error'

const SEED = 20260801

function refusal(decode: (buffer: ArrayBuffer) => unknown, buffer: ArrayBuffer): WireError | undefined {
  try {
    decode(buffer)
    return undefined
  } catch (error) {
    if (!(error instanceof WireError)) throw error
    return error
  }
}

describe('a chunk', () => {
  it('comes back as it was, and gives the same bytes again', () => {
    fc.assert(
      fc.property(chunks, chunk => {
        const head = encodeHead(chunk)
        const decoded = decodeHead(head)
        expect(copied(decoded)).toEqual(copied(chunk))
        expect(new Uint8Array(encodeHead(decoded))).toEqual(new Uint8Array(head))
      }),
      { seed: SEED, numRuns: 300 },
    )
  })

  it('keeps its text apart', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(4096), (text, count) => {
        const body = encodeBody(text, count)
        expect(Uint8Array.from(decodeBody(body))).toEqual(text)
        const payloadEnds = new Uint32Array(count).fill(text.length)
        if (count > 0) expect(decodeBody(body, { count, payloadEnds }).length).toBe(text.length)
        expect(() => decodeBody(body, { count: count + 1, payloadEnds })).toThrow(WireError)
        if (count > 0)
          expect(() => decodeBody(body, { count, payloadEnds: payloadEnds.fill(text.length + 1) })).toThrow(WireError)
      }),
      { seed: SEED, numRuns: 100 },
    )
  })

  it('is refused when cut or damaged anywhere', () => {
    fc.assert(
      fc.property(chunks, fc.uint8Array(), fc.nat(), fc.integer({ min: 1, max: 255 }), (chunk, text, at, change) => {
        for (const [decode, buffer] of [
          [decodeHead, encodeHead(chunk)],
          [decodeBody, encodeBody(text, chunk.count)],
        ] as const) {
          expect(refusal(decode, buffer.slice(0, at % buffer.byteLength))).toBeInstanceOf(WireError)
          new Uint8Array(buffer)[at % buffer.byteLength]! ^= change
          expect(refusal(decode, buffer)).toBeInstanceOf(WireError)
        }
      }),
      { seed: SEED, numRuns: 500 },
    )
  })

  it('never crashes on forged bytes with a right checksum', () => {
    fc.assert(
      fc.property(
        chunks,
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 }),
        (chunk, changes) => {
          const buffer = encodeHead(chunk)
          const bytes = new Uint8Array(buffer)
          for (const [at, value] of changes) bytes[8 + (at % (bytes.length - 8))] = value
          const words = new Uint32Array(buffer)
          words[5] = containerChecksum(words)
          refusal(decodeHead, buffer)
        },
      ),
      { seed: SEED, numRuns: 1000 },
    )
  })

  it('is not taken for its other half', () => {
    const body = encodeBody(new Uint8Array(3), 1)
    expect(refusal(decodeHead, body)?.message).toContain('holds body, expected head')
  })

  it('says that a codec is not known', () => {
    const body = encodeBody(new Uint8Array(3), 1)
    new Uint8Array(body)[27] = 7
    const words = new Uint32Array(body)
    words[5] = containerChecksum(words)
    expect(refusal(decodeBody, body)?.message).toBe('text: codec 7, version 1 is not known')
  })

  it('drops unknown sections, never its own, when there are too many', () => {
    const [chunk] = fc.sample(
      chunks.filter(one => one.count > 0),
      { seed: SEED, numRuns: 1 },
    )
    const unknown = Array.from({ length: 2000 }, (_, kind) => ({
      kind: 2000 + kind,
      version: 1,
      codec: 0,
      param: 0,
      rawLength: 0,
      bytes: new Uint8Array(0),
    }))
    const decoded = decodeHead(encodeHead({ ...chunk!, unknown }))
    expect(copied({ ...decoded, unknown: [] })).toEqual(copied({ ...chunk!, unknown: [] }))
    expect(decoded.unknown.length).toBeGreaterThan(900)
  })
})
