import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { batches, copied } from '../testing/batches'
import { decodeBatch } from './batch-decode'
import { encodeBatch } from './batch-encode'
import { containerChecksum } from './container'
import { WireError } from './error'

const SEED = 20260801

/** Undefined: decoded. Anything but a WireError fails the test. */
function refusal(buffer: ArrayBuffer): WireError | undefined {
  try {
    decodeBatch(buffer)
    return undefined
  } catch (error) {
    if (!(error instanceof WireError)) throw error
    return error
  }
}

function sample(): ArrayBuffer {
  const [batch] = fc.sample(
    batches.filter(b => b.count > 3 && b.facets.length > 0 && b.keyframes.length > 0 && b.gaps.length > 0),
    { seed: SEED, numRuns: 1 },
  )
  return encodeBatch(batch!)
}

function resealed(buffer: ArrayBuffer): ArrayBuffer {
  const words = new Uint32Array(buffer)
  words[5] = containerChecksum(words)
  return buffer
}

describe('a batch', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(batches, batch => {
        expect(copied(decodeBatch(encodeBatch(batch)))).toEqual(copied(batch))
      }),
      { seed: SEED, numRuns: 300 },
    )
  })

  it('sends only the first rows of longer columns and text', () => {
    fc.assert(
      fc.property(batches, batch => {
        const longer = { ...batch, text: new Uint8Array(batch.text.length + 9).fill(7) } as typeof batch &
          Record<string, unknown>
        longer.text.set(batch.text)
        for (const [key, value] of Object.entries(batch)) {
          if (key === 'text' || !ArrayBuffer.isView(value)) continue
          const Type = value.constructor as { new (length: number): Uint8Array }
          const column = new Type(batch.count + 5).fill(1)
          column.set(value as Uint8Array)
          Object.assign(longer, { [key]: column })
        }
        expect(new Uint8Array(encodeBatch(longer))).toEqual(new Uint8Array(encodeBatch(batch)))
      }),
      { seed: SEED, numRuns: 100 },
    )
  })

  it('is refused at every shorter length', () => {
    const buffer = sample()
    for (let length = 0; length < buffer.byteLength; length++)
      expect(refusal(buffer.slice(0, length))).toBeInstanceOf(WireError)
  })

  it('is refused with any bit of any byte flipped', () => {
    const buffer = sample()
    const bytes = new Uint8Array(buffer)
    for (let at = 0; at < bytes.length; at++) {
      for (let bit = 1; bit < 256; bit <<= 1) {
        bytes[at]! ^= bit
        expect(refusal(buffer), `byte ${at}`).toBeInstanceOf(WireError)
        bytes[at]! ^= bit
      }
    }
    expect(refusal(buffer)).toBeUndefined()
  })

  it('never crashes on what a page forged with a right checksum', () => {
    const change = fc.record({ at: fc.nat(), value: fc.oneof(fc.nat(255), fc.constantFrom(0, 1, 255)) })
    let refused = 0
    fc.assert(
      fc.property(batches, fc.array(change, { minLength: 1, maxLength: 4 }), (batch, changes) => {
        const buffer = encodeBatch(batch)
        const bytes = new Uint8Array(buffer)
        for (const { at, value } of changes) bytes[8 + (at % (bytes.length - 8))] = value
        if (refusal(resealed(buffer))) refused++
      }),
      { seed: SEED, numRuns: 2000 },
    )
    expect(refused).toBeGreaterThan(500)
  })

  it('is refused when cut or damaged anywhere, whatever it holds', () => {
    fc.assert(
      fc.property(batches, fc.nat(), fc.integer({ min: 1, max: 255 }), (batch, at, change) => {
        const buffer = encodeBatch(batch)
        expect(refusal(buffer.slice(0, at % buffer.byteLength))).toBeInstanceOf(WireError)
        new Uint8Array(buffer)[at % buffer.byteLength]! ^= change
        expect(refusal(buffer)).toBeInstanceOf(WireError)
      }),
      { seed: SEED, numRuns: 500 },
    )
  })

  it('is refused when it is no buffer at all', () => {
    for (const value of [undefined, null, {}, 'text', 5, new Uint8Array(64), { byteLength: 64 }]) {
      expect(refusal(value as ArrayBuffer)).toBeInstanceOf(WireError)
    }
  })

  it('of a newer version is refused by name', () => {
    const buffer = sample()
    new Uint16Array(buffer)[2] = 9
    expect(refusal(resealed(buffer))?.message).toContain('version 9 is newer')
  })
})
