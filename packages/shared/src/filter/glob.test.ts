import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileGlob, compileGlobs, matchesGlob } from './glob'

const SEED = 20260801
const letters = fc.constantFrom('a', 'b', 'ab', '.', ':', '\n', '$')
const name = fc.string({ unit: letters, maxLength: 12 })
const glob = fc.string({ unit: fc.oneof(letters, fc.constant('*')), maxLength: 8 })

function oracle(pattern: string): RegExp {
  return new RegExp(`^${pattern.replace(/[\\^$.|?+()[\]{}]/g, '\\$&').replace(/\*+/g, '.*')}$`, 's')
}

describe('a glob', () => {
  it('matches what the same regular expression matches', () => {
    let matched = 0
    fc.assert(
      fc.property(glob, name, (pattern, text) => {
        const expected = oracle(pattern).test(text)
        if (expected) matched++
        expect(compileGlob(pattern)(text)).toBe(expected)
        expect(matchesGlob(pattern, text)).toBe(expected)
      }),
      { seed: SEED, numRuns: 5000 },
    )
    expect(matched).toBeGreaterThan(200)
  })

  it('in a list matches if any does', () => {
    fc.assert(
      fc.property(fc.array(glob, { maxLength: 4 }), name, (patterns, text) => {
        expect(compileGlobs(patterns)(text)).toBe(patterns.some(pattern => oracle(pattern).test(text)))
      }),
      { seed: SEED, numRuns: 1000 },
    )
  })

  it('takes no exponential time', () => {
    expect(compileGlob(`${'*a'.repeat(100)}b`)('a'.repeat(5000))).toBe(false)
  })
})
