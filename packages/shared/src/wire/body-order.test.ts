import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type GroupHead, groupByType, ungroup } from './body-order'

const rows = fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.uint8Array({ maxLength: 90 })), { maxLength: 40 })

function chunkOf(payloads: [type: number, bytes: Uint8Array][]): { head: GroupHead; text: Uint8Array } {
  let end = 0
  const payloadEnds = Uint32Array.from(payloads, ([, bytes]) => (end += bytes.length))
  const text = Uint8Array.from(payloads.flatMap(([, bytes]) => [...bytes]))
  // Columns of a growing chunk are longer than its rows.
  const type = Uint16Array.from([...payloads.map(([id]) => id), 9, 9])
  return { head: { count: payloads.length, payloadEnds, type }, text }
}

it('puts the payloads of one type together, in their order, and back', () => {
  fc.assert(
    fc.property(rows, payloads => {
      const { head, text } = chunkOf(payloads)
      const grouped = groupByType(text, head)
      const sorted = payloads.map(([type, bytes], row) => ({ type, row, bytes }))
      sorted.sort((a, b) => a.type - b.type || a.row - b.row)
      expect([...grouped]).toEqual(sorted.flatMap(({ bytes }) => [...bytes]))
      expect(ungroup(grouped, head)).toEqual(text)
    }),
    { seed: 7, numRuns: 500 },
  )
})
