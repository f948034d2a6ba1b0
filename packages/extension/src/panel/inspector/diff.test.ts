import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countChanges, diffPayloads, diffTexts, type PayloadDifference } from './diff'

type Plain = Record<string, unknown>

/** Applies what was found: the judge of whether it is all. */
function apply(before: unknown, difference: PayloadDifference): unknown {
  if (difference.kind === 'equal') return before
  if (difference.kind === 'changed') {
    expect(difference.before).toEqual(before)
    return difference.after
  }
  if (difference.kind !== 'inside') throw new Error('only an entry can be added or removed')
  if (difference.array) {
    const old = before as unknown[]
    const result: unknown[] = []
    let at = 0
    for (const entry of difference.entries) {
      if (entry.kind === 'equal') {
        result.push(...entry.entries.map(([, value]) => value))
        at += entry.entries.length
      } else if (entry.kind === 'added') result.push(entry.after)
      else if (entry.kind === 'removed') expect(entry.before).toEqual(old[at++])
      else result.push(apply(old[at++], entry))
    }
    expect(at).toBe(old.length)
    return result
  }
  const instance = difference.type !== ''
  const own = { ...((instance ? (before as Plain).v : before) as Plain) }
  for (const entry of difference.entries) {
    if (entry.kind === 'equal') continue
    if (entry.kind === 'removed') {
      expect(own[entry.key]).toEqual(entry.before)
      delete own[entry.key]
    } else if (entry.kind === 'added') {
      expect(Object.hasOwn(own, entry.key)).toBe(false)
      own[entry.key] = entry.after
    } else own[entry.key] = apply(own[entry.key], entry)
  }
  return instance ? { ...(before as Plain), v: own } : own
}

const key = fc.constantFrom('a', 'b', 'c', '$$ph', 'rowId')
const { value } = fc.letrec(tie => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(1, 2, 'x', true, null, '', 0),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(key, tie('value'), { noNullPrototype: true }),
    fc.dictionary(key, tie('value'), { noNullPrototype: true }).map(v => ({ $ph: 'instance', type: 'Order', v })),
    fc.constantFrom({ $ph: 'undefined' }, { $ph: 'bigint', v: '1' }, { $ph: 'date', v: null }),
  ),
}))

describe('the difference of two payloads', () => {
  it('applied to the one gives the other', () => {
    fc.assert(
      fc.property(value, value, (before, after) => {
        expect(apply(before, diffPayloads(before, after))).toEqual(after)
      }),
      { seed: 51, numRuns: 2000 },
    )
  })

  it('is none where both are the same, whatever the order of keys, and the same number both ways', () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(countChanges(diffPayloads(a, structuredClone(a)))).toBe(0)
        expect(countChanges(diffPayloads(a, b))).toBe(countChanges(diffPayloads(b, a)))
      }),
      { seed: 52 },
    )
    expect(diffTexts('{"a":1,"b":2}', '{"b":2,"a":1}').kind).toBe('equal')
  })

  it.each([
    ['[1,2,3]', '[0,1,2,3]', 1],
    ['[1,2,3]', '[1,3]', 1],
    ['{"a":{"b":[{"c":1}]}}', '{"a":{"b":[{"c":2}]}}', 1],
    ['{"a":1}', '[1]', 1],
    ['{"$ph":"instance","type":"A","v":{}}', '{"$ph":"instance","type":"B","v":{}}', 1],
    ['no json', '{"a":1}', 1],
  ])('from %s to %s is %#: as small as it can be', (before, after, changes) => {
    expect(countChanges(diffTexts(before, after))).toBe(changes)
  })

  it('survives what is very deep', () => {
    const deep = (depth: number, inside: string) => '['.repeat(depth) + inside + ']'.repeat(depth)
    expect(countChanges(diffTexts(deep(1000, '1'), deep(1000, '2')))).toBe(1)
  })
})
