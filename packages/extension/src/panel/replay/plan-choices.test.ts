import type { ReplayPlan } from '@playhead/engine/contract/replay'
import { describe, expect, it } from 'vitest'
import { cannotText, canStart, FIRST_CHOICES, requestOf, withConsequence } from './plan-choices'

describe('a replay is asked for', () => {
  it('from the start until the user chooses the selected event, and then only if there is one', () => {
    const fromSelected = { ...FIRST_CHOICES, fromSelected: true }
    expect(requestOf('S', 7, FIRST_CHOICES)).toMatchObject({ session: 'S', fromSeq: null, toSeq: null, mode: 'roots' })
    expect(requestOf('S', 7, fromSelected).fromSeq).toBe(7)
    expect(requestOf('S', 0, fromSelected).fromSeq).toBe(0)
    expect(requestOf('S', -1, fromSelected).fromSeq).toBeNull()
  })

  it('with the types that are said to be consequences, each once', () => {
    const two = withConsequence(withConsequence(FIRST_CHOICES, 'a'), 'b')
    expect(requestOf('S', -1, two).consequences).toEqual(['a', 'b'])
    expect(withConsequence(two, 'a').consequences).toEqual(['b'])
    expect(FIRST_CHOICES.consequences).toEqual([])
  })
})

it('can be started where its plan has a step', () => {
  expect([null, { steps: 0 }, { steps: 1 }].map(canStart)).toEqual([false, false, true])
})

it('says what it cannot emit, with the first few types', () => {
  const cannot = (count: number): ReplayPlan['cannot'][number] => ({
    ...{ reason: 'no attachment', count },
    types: Array.from({ length: count }, (_, i) => `t${i}`),
  })
  const show = (type: string) => type.toUpperCase()
  expect(cannotText(cannot(2), show)).toBe('were recorded without an attachment that could emit them: T0, T1')
  expect(cannotText(cannot(8), show)).not.toContain('…')
  expect(cannotText(cannot(9), show)).toMatch(/: T0, .*, T7, …$/)
})
