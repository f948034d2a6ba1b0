import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ROOT_LINE } from '../state/inspector-store'
import { payloadTree } from './payload-tree'
import { keysOf, payloadLines } from './tree-payload'
import { type Found, searchTree } from './tree-search'

function search(payload: unknown, text: string): { found: Found[]; all: boolean; pauses: number } {
  const steps = searchTree(payloadTree(JSON.stringify(payload)), text)
  for (let pauses = 0; ; pauses++) {
    const step = steps.next()
    if (step.done) return { ...step.value, pauses }
  }
}

describe('searching a payload', () => {
  it('finds every key and value that has the text, and opening what it says shows them', () => {
    const leaf = fc.oneof(fc.constantFrom('Ada', 'ade', 'x', 12, 120, true, null))
    const { value } = fc.letrec(tie => ({
      value: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(fc.constantFrom('ad', 'b', 'a/b', '~1'), tie('value')),
      ),
    }))
    const count = (of: unknown, needle: string): number => {
      if (Array.isArray(of)) {
        return of.reduce((sum: number, one, i) => sum + Math.max(0, countAt(String(i), one, needle)), 0)
      }
      if (of && typeof of === 'object') {
        return Object.entries(of).reduce((sum, [key, one]) => sum + countAt(key, one, needle), 0)
      }
      return 0
    }
    const countAt = (key: string, of: unknown, needle: string): number => {
      const text = typeof of === 'object' && of !== null ? '' : String(of).toLowerCase()
      return (key.toLowerCase().includes(needle) || text.includes(needle) ? 1 : 0) + count(of, needle)
    }
    fc.assert(
      fc.property(value, fc.constantFrom('ad', '12', 'b', 'nul'), (payload, needle) => {
        const { found } = search({ payload }, needle)
        expect(found).toHaveLength(count({ payload }, needle))
        const open = new Set(found.flatMap(({ above }) => above))
        const { lines } = payloadLines(payloadTree(JSON.stringify({ payload })), open)
        const shown = lines.map(({ id }) => id)
        expect(new Set(shown).size).toBe(shown.length)
        for (const { id } of found) expect(shown).toContain(id)
      }),
      { seed: 64 },
    )
  })

  it('looks into groups of a long list and into what a line cuts off, with pauses', () => {
    const rows = Array.from({ length: 5000 }, (_, i) => ({
      id: i,
      text: i === 4321 ? `${'x'.repeat(900)}needle` : 'hay',
    }))
    const { found, pauses } = search({ rows }, 'NEEDLE')
    expect(found).toHaveLength(1)
    expect(found[0]?.above).toContain(`${ROOT_LINE}/rows/~g4300 … 4399`)
    expect(pauses).toBeGreaterThan(10)
    expect(search({ rows }, 'hay')).toMatchObject({ all: false, found: { length: 1000 } })
    expect(search({ rows }, '').found).toEqual([])
  })
})

it('lines say where they stand among their siblings', () => {
  const root = payloadTree('{"a":{"b":1,"c":[]},"d":2}')
  const { lines } = payloadLines(root, new Set([ROOT_LINE, `${ROOT_LINE}/a`]))
  expect(lines.map(({ node, depth, position, siblings, open }) => [node.key, depth, position, siblings, open])).toEqual(
    [
      ['', 0, 1, 1, true],
      ['a', 1, 1, 2, true],
      ['b', 2, 1, 2, undefined],
      ['c', 2, 2, 2, undefined],
      ['d', 1, 2, 2, undefined],
    ],
  )
  expect(keysOf(lines).labelAt(0)).toBe('{a, d}')
})
