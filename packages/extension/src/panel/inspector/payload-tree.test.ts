import { parseFilter } from '@playhead/shared/filter/parse'
import { passes } from '@playhead/shared/filter/payload-test'
import { printFilter } from '@playhead/shared/filter/print'
import { escapeKey } from '@playhead/shared/values/tags'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { payloadTree, type TreeNode } from './payload-tree'

/** Keys as the encoder writes them. */
function escaped(object: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [escapeKey(key), value]))
}

/** Opens everything, to a bound. */
function open(node: TreeNode, budget = { left: 5000 }): string {
  if (budget.left-- <= 0) return '…'
  const inside = node.children?.().map(child => open(child, budget)) ?? []
  return `${node.key}=${node.text}(${inside.join(' ')})`
}

describe('the payload tree', () => {
  it('shows plain values with paths to filter by', () => {
    const tree = payloadTree('{"rowId":17,"by":{"name":"Ada"},"tags":["a"]}')
    const [rowId, by, tags] = tree.children?.() ?? []
    expect(rowId).toMatchObject({ key: 'rowId', path: ['rowId'], value: 17, text: '17' })
    expect(by?.children?.()[0]).toMatchObject({ path: ['by', 'name'], value: 'Ada' })
    expect(tags?.children?.()[0]).toMatchObject({ path: ['tags', '0'], value: 'a' })
  })

  it.each([
    ['{"$ph":"undefined"}', 'undefined'],
    ['{"$ph":"number","v":"NaN"}', 'NaN'],
    ['{"$ph":"bigint","v":"12"}', '12n'],
    ['{"$ph":"date","v":null}', 'Invalid Date'],
    ['{"$ph":"regexp","v":["a+","gi"]}', '/a+/gi'],
    ['{"$ph":"map","v":[["k",1]]}', 'Map(1)'],
    ['{"$ph":"instance","type":"Order","v":{"id":1}}', 'Order {id}'],
    ['{"$ph":"redacted","v":"password"}', '•••• redacted'],
    ['{"$ph":"getter"}', '(getter, not called)'],
    ['{"$ph":"cut","type":"object","size":9}', '✂ object cut: 9 in all'],
    ['{"$$ph":"mine"}', '{$$ph}'],
  ])('shows %s as what it is', (text, shown) => {
    expect(payloadTree(text).text).toBe(shown)
  })

  it('makes disguising characters visible', () => {
    expect(payloadTree(JSON.stringify('a\u202eb\u0000')).text).toBe('"a<U+202E>b␀"')
    expect(payloadTree(JSON.stringify({ 'k\u200b': 1 })).children?.()[0]?.key).toBe('k<U+200B>')
  })

  it('groups what is big', () => {
    const tree = payloadTree(JSON.stringify(Array.from({ length: 1050 }, (_, i) => i)))
    const groups = tree.children?.() ?? []
    expect(groups).toHaveLength(11)
    expect(groups[10]?.children?.().map(node => node.text)).toEqual(
      Array.from({ length: 50 }, (_, i) => String(1000 + i)),
    )
  })

  it('has values to filter by only where a filter finds them', () => {
    const leaf = fc.oneof(fc.integer(), fc.boolean(), fc.constant(null), fc.string({ unit: 'grapheme', maxLength: 8 }))
    const key = fc.constantFrom('a', 'b.c', '$ph', '$$ph', '0', '', 'é "', 'properties', 'stack', 'v')
    const { payload } = fc.letrec<{ payload: unknown }>(tie => {
      const list = fc.array(tie('payload'), { maxLength: 3 })
      const object = fc.dictionary(key, tie('payload'), { maxKeys: 3 }).map(escaped)
      return {
        payload: fc.oneof(
          { maxDepth: 4 },
          leaf,
          list,
          object,
          object.map(v => ({ $ph: 'instance', type: 'A', v })),
          object.map(v => ({ $ph: 'error', name: 'E', message: 'no', stack: 'at', v })),
          list.map(v => ({ $ph: 'set', v })),
          list.map(v => ({ $ph: 'map', v: v.map(one => [one, one]) })),
          fc.constant({ $ph: 'unknown', v: 1 }),
        ),
      }
    })
    fc.assert(
      fc.property(payload, data => {
        const text = JSON.stringify(data)
        const visit = (node: TreeNode): void => {
          const { path, value } = node
          if (value !== undefined && path.length > 0) {
            const printed = printFilter({ all: [{ any: [{ key: 'payload', path, op: '=', value }] }] })
            const term = parseFilter(printed).filter.all?.[0]?.any[0]
            expect([printed, term?.key === 'payload' && passes(term, JSON.parse(text))]).toEqual([printed, true])
          }
          for (const child of node.children?.() ?? []) visit(child)
        }
        visit(payloadTree(text))
      }),
      { seed: 91, numRuns: 500 },
    )
  })

  it('survives anything', () => {
    const tag = fc.record({ $ph: fc.string(), v: fc.jsonValue(), type: fc.jsonValue(), size: fc.jsonValue() })
    const value = fc.oneof(fc.jsonValue(), tag, fc.array(tag), fc.dictionary(fc.string(), tag))
    fc.assert(
      fc.property(value, data => {
        open(payloadTree(JSON.stringify(data)))
      }),
      { seed: 9 },
    )
    expect(payloadTree('no json').kind).toBe('not JSON')
  })
})
