import { parseFilter } from '@playhead/shared/filter/parse'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { facetChoice, IS, KIND, rangeOf, TYPE, tickedOf, withAll, withBound, withHidden, withTicked } from './choices'

const TYPES = ['row:insert', 'row:update', 'tick', 'with space']

describe('ticking', () => {
  it('writes what is ticked in the place of what was', () => {
    expect(withTicked('alpha', TYPE, 'tick', true, TYPES)).toBe('alpha type:tick')
    expect(withTicked('type:tick alpha', TYPE, 'row:update', true, TYPES)).toBe('type:tick|row:update alpha')
    expect(withTicked('type:tick alpha', TYPE, 'tick', false, TYPES)).toBe('alpha')
    expect(withTicked('', KIND, 'action', true, [])).toBe('kind:action')
    expect(withTicked('is:error', IS, 'root', true, [])).toBe('is:error|is:root')
  })

  it('ticks what several conditions let through together', () => {
    const shown = (text: string, choice = TYPE, values = TYPES) =>
      values.filter(value => tickedOf(text, choice)(value) === 'shown')
    expect(shown('type:row:insert type:tick')).toEqual([])
    expect(shown('type:row:* type:*update')).toEqual(['row:update'])
    expect(shown('is:error is:root', IS, ['error', 'root', 'input'])).toEqual(['error', 'root'])
  })

  it('takes a glob apart where one of it goes', () => {
    expect(withTicked('type:row:*', TYPE, 'row:insert', false, TYPES)).toBe('type:row:update')
  })

  it('hides, and shows again', () => {
    expect(withHidden('type:tick|row:*', TYPE, 'tick', true, TYPES)).toBe('type:row:* -type:tick')
    expect(withTicked('-type:tick', TYPE, 'tick', true, TYPES)).toBe('type:tick')
    expect(withHidden('-type:tick x', TYPE, 'tick', false, TYPES)).toBe('x')
  })

  it('keeps facets apart from each other, and text from numbers', () => {
    const tx = facetChoice('tx')
    expect(withTicked('agent=A tx=1', tx, 't1', true, [])).toBe('agent=A tx=1|tx="1"')
    expect(tickedOf('agent=A tx=1', tx)('n1')).toBe('shown')
    expect(tickedOf('agent=A tx=1', tx)('t1')).toBe('unsaid')
    expect(tickedOf('agent=A -tx=1', tx)('n1')).toBe('hidden')
    const ok = facetChoice('ok')
    expect(tickedOf('ok=true', ok)('ttrue')).toBe('shown')
    expect(withTicked('ok=true', ok, 'tfalse', true, [])).toBe('ok="true"|ok="false"')
  })

  it('sets and clears bounds', () => {
    expect(withBound('x tick>=3', 'tick', 'min', 5)).toBe('x tick>=5')
    expect(withBound('x tick>=3', 'tick', 'max', 9)).toBe('x tick>=3 tick<=9')
    expect(withBound('x tick>=3', 'tick', 'min', undefined)).toBe('x')
    expect(rangeOf('tick>=3 tick<=9 day>=1', 'tick')).toEqual({ min: 3, max: 9 })
  })

  it('leaves all else as it was typed, and shows what was ticked', () => {
    const before = fc.constantFrom<string>(
      '',
      'alpha',
      'type:row:*',
      'type:tick -type:row:insert',
      'level:lod "two words"',
      '-tick',
      'type:x|is:error',
    )
    const act = fc.record({
      value: fc.constantFrom(...TYPES),
      on: fc.boolean(),
      how: fc.constantFrom('tick', 'hide', 'all'),
    })
    fc.assert(
      fc.property(before, fc.array(act, { maxLength: 6 }), (start, acts) => {
        let text = start
        for (const { value, on, how } of acts) {
          if (how === 'tick') text = withTicked(text, TYPE, value, on, TYPES)
          else if (how === 'hide') text = withHidden(text, TYPE, value, on, TYPES)
          else text = withAll(text, TYPE, [value], on, TYPES)
          const now = tickedOf(text, TYPE)(value)
          if (how === 'tick') expect(now === 'shown').toBe(on)
          if (how === 'hide') expect(now === 'hidden').toBe(on)
        }
        const others = (of: string) =>
          parseFilter(of)
            .clauses.filter(({ any }) => !any.every(({ key }) => key === 'type'))
            .map(({ not, any }) => ({ not, any }))
        expect(others(text)).toEqual(others(start))
        expect(parseFilter(text).problems.map(({ message }) => message)).toEqual(
          parseFilter(start).problems.map(({ message }) => message),
        )
      }),
    )
  })
})
