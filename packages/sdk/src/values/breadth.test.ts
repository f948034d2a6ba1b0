import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { EncodeLimits } from '../api/options'
import { Encoder } from '../encoder/encoder'
import { Keys } from '../encoder/keys'
import { values } from '../entries/values'
import { redactRule } from '../redaction/redact'
import { noteStrain } from './strain'

values()
const LIMITS: EncodeLimits = { depth: 32, string: 32 << 10, entries: 5000, total: 4096, host: 2048 }

function encoderWith(limits: Partial<EncodeLimits> = {}) {
  const encoder = new Encoder(new Keys(redactRule(undefined), []), { ...LIMITS, ...limits }, 0)
  const json = (value: unknown): Record<string, unknown> => {
    encoder.pos = 0
    encoder.encode(value, 1)
    return JSON.parse(new TextDecoder().decode(encoder.buf.subarray(0, encoder.pos)))
  }
  return { encoder, json }
}

const rows = Array.from({ length: 500 }, (_, id) => ({ id, name: `row ${id}`, cells: [id, id + 1] }))

it('scalars of the first level survive whatever stands before them', () => {
  const { json, encoder } = encoderWith()
  const event = {
    event: { deep: { deeper: rows } },
    rows,
    note: 'n'.repeat(9000),
    newValue: 1002,
    ok: true,
    none: null,
    last: 'z',
  }
  for (let i = 0; i < 3; i++) {
    const text = json(event)
    expect(text).toMatchObject({ newValue: 1002, ok: true, none: null, last: 'z' })
    expect(Object.keys(text)).toEqual(Object.keys(event))
    expect((text.rows as unknown[])[0]).toMatchObject({ id: 0, name: 'row 0' })
    expect(text.note).toMatchObject({ $ph: 'string', size: 9000 })
    expect(encoder.pos).toBeLessThan(4700)
  }
})

it('the second level comes before the third', () => {
  const { json } = encoderWith({ total: 2048 })
  const text = json({ a: { rows, x: 1 }, b: { list: rows, y: 2 }, c: { z: 3 } })
  expect(text).toMatchObject({ a: { x: 1 }, b: { y: 2 }, c: { z: 3 } })
})

it('a payload that fits again is written whole again', () => {
  const { json, encoder } = encoderWith()
  json({ rows, last: 1 })
  expect(json({ rows: rows.slice(0, 3), last: 1 })).toEqual({ rows: rows.slice(0, 3), last: 1 })
  expect(encoder.trail.wide).toBe(false)
})

it('is JSON within its budget for anything', () => {
  const anything = fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withSparseArray: true,
    maxDepth: 6,
    maxKeys: 60,
  })
  fc.assert(
    fc.property(anything, fc.integer({ min: 1024, max: 6000 }), (value, total) => {
      const { json, encoder } = encoderWith({ total })
      json({ before: rows, value, after: 1, list: [rows, value] })
      expect(encoder.pos).toBeLessThan(total + 2048)
    }),
    { seed: 11, numRuns: 200 },
  )
})

it('holes of a sparse array cost nothing', () => {
  const { json, encoder } = encoderWith()
  const sparse: unknown[] = []
  sparse[100_000] = { id: 7 }
  const late: unknown[] = [1, 2]
  late[4_000_000_000] = 'end'
  const text = json({ sparse, late, two: Object.assign(new Array(2), { 1: 1 }) })
  expect(text).toEqual({
    sparse: { $ph: 'sparse', length: 100_001, v: { 100000: { id: 7 } } },
    late: { $ph: 'sparse', length: 4_000_000_001, v: { 0: 1, 1: 2, 4000000000: 'end' } },
    two: [{ $ph: 'hole' }, 1],
  })
  expect(encoder.pos).toBeLessThan(220)
})

it('a type that is cut again and again is shortened, and the console says what would mend it', () => {
  const { json, encoder } = encoderWith({ total: 64 << 10 })
  const wide = Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`key ${i}`, { i, text: 'some text' }]))
  const before = json(wide) && encoder.pos
  for (let i = 0; i < 20; i++) {
    json(wide)
    noteStrain(encoder, 'wide', 0)
  }
  json(wide)
  expect(encoder.pos).toBeLessThan(before / 2)
})
