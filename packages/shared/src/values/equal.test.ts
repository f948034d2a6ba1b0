import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { differences } from './equal'

const SEED = 20260801

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, reversed(member)]),
  )
}

describe('differences', () => {
  it('finds none between equal values, whatever the order of their keys', () => {
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        const text = JSON.stringify(value)
        expect(differences(JSON.parse(text), reversed(JSON.parse(text)), 9)).toEqual([])
      }),
      { seed: SEED, numRuns: 500 },
    )
  })

  it('finds one exactly where deep equality fails', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 2 }), fc.jsonValue({ maxDepth: 2 }), (left, right) => {
        const [a, b] = [left, right].map(value => JSON.parse(JSON.stringify(value)))
        let equal = true
        try {
          expect(a).toEqual(b)
        } catch {
          equal = false
        }
        expect(differences(a, b, 1).length === 0).toBe(equal)
      }),
      { seed: SEED, numRuns: 500 },
    )
  })

  it('names places the way people write them, in their order', () => {
    const a = { accounts: { b1: { balance: 5 } }, rows: [{ id: 1 }, { id: 2 }], 'odd key': 1, gone: null, kind: [] }
    const b = {
      rows: [{ id: 1 }, { id: 3 }, { id: 4 }],
      accounts: { b1: { balance: 6 } },
      'odd key': 2,
      came: 7,
      kind: {},
    }
    expect(differences(a, b, 99)).toEqual([
      { path: 'accounts.b1.balance', a: 5, b: 6 },
      { path: 'rows[1].id', a: 2, b: 3 },
      { path: 'rows[2]', a: undefined, b: { id: 4 } },
      { path: '["odd key"]', a: 1, b: 2 },
      { path: 'gone', a: null, b: undefined },
      { path: 'kind', a: [], b: {} },
      { path: 'came', a: undefined, b: 7 },
    ])
    expect(differences(a, b, 2)).toHaveLength(2)
    expect(differences(1, 2, 9)).toEqual([{ path: '', a: 1, b: 2 }])
    expect(differences(1, 2, 0)).toEqual([])
  })

  it('goes as deep as the values do', () => {
    const deep = (end: string) => JSON.parse(`${'['.repeat(50_000)}${end}${']'.repeat(50_000)}`)
    expect(differences(deep('1'), deep('1'), 9)).toEqual([])
    expect(differences(deep('1'), deep('2'), 9)).toHaveLength(1)
  })
})
