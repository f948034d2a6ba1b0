import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countChanges, diffTexts } from './diff'
import { diffLines } from './diff-lines'

function shown(before: string, after: string, { turned = [] as string[], path = '' } = {}): string[] {
  return diffLines(diffTexts(before, after), { turned: new Set(turned), path }).lines.map(line => {
    const value = [line.before?.text, line.after?.text].filter(text => text !== undefined).join(' → ')
    return `${'  '.repeat(line.depth)}${line.sign} ${line.key}${value ? `: ${value}` : ''}${line.text && ` ${line.text}`}`
  })
}

describe('the lines of a difference', () => {
  it('show what differs, and fold what is equal', () => {
    const before = '{"id":1,"by":{"name":"Ada","age":36},"gone":true,"tags":["a","b"]}'
    const after = '{"id":1,"by":{"name":"Ada","age":37},"tags":["a","x","b"],"new":null}'
    expect(shown(before, after)).toEqual([
      'inside  { }',
      '  removed gone: true',
      '  equal  id',
      '  inside by { }',
      '    equal  name',
      '    changed age: 36 → 37',
      '  inside tags [ ]',
      '    equal  0',
      '    added 1: "x"',
      '    equal  2',
      '  added new: null',
    ])
    expect(shown(before, after, { path: 'BY.a' })).toEqual([
      'inside  { }',
      '  inside by { }',
      '    changed age: 36 → 37',
    ])
    expect(shown(before, before)).toEqual(['equal '])
  })

  it('open what was added, and what became something else', () => {
    expect(shown('{}', '{"a":{"b":1}}', { turned: ['$/aa'] })).toEqual([
      'inside  { }',
      '  added a: {b}',
      '    added b: 1',
    ])
    expect(shown('{"a":[1]}', '{"a":{"b":1}}', { turned: ['$/ca'] })).toEqual([
      'inside  { }',
      '  changed a: Array(1) → {b}',
      '    removed 0: 1',
      '    added b: 1',
    ])
  })

  it('have ids of their own, and as many differences as were counted', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (before, after) => {
        const difference = diffTexts(JSON.stringify({ v: before }), JSON.stringify({ v: after }))
        const { lines } = diffLines(difference, { turned: new Set(), path: '' })
        expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length)
        const signs = lines.filter(({ sign }) => ['added', 'removed', 'changed'].includes(sign))
        expect(signs).toHaveLength(countChanges(difference))
      }),
      { seed: 65 },
    )
  })
})
