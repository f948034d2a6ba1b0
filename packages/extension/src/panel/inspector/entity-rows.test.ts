import type { EntityTerm, RelatedEvent } from '@playhead/engine/contract/event'
import { describe, expect, it } from 'vitest'
import { EntityRows, termFor } from './entity-rows'
import { choiceOf } from './entity-terms'

const facet = (name: string, value: string): EntityTerm => ({ key: 'facet', name, value })
const payload = (path: string[], value: string): EntityTerm => ({ key: 'payload', path, value })
const events = (...seqs: number[]) => seqs.map(seq => ({ seq }) as RelatedEvent)

describe('the value whose events are shown', () => {
  const choices = [facet('order', 'o2'), facet('user', 'u2'), payload(['id'], 'p2')].map(choiceOf)

  it('is the event’s own under the name that was chosen, however another event was inspected before', () => {
    expect(termFor(choices, facet('user', 'u1'))).toEqual(facet('user', 'u2'))
    expect(termFor(choices, payload(['id'], 'p1'))).toEqual(payload(['id'], 'p2'))
  })

  it('stays the chosen one where the event has nothing of that name', () => {
    expect(termFor(choices, facet('tenant', 't1'))).toEqual(facet('tenant', 't1'))
    expect(termFor([], facet('tenant', 't1'))).toEqual(facet('tenant', 't1'))
  })

  it('is the first there is until one is chosen', () => {
    expect(termFor(choices, null)).toEqual(facet('order', 'o2'))
    expect(termFor([], null)).toBeUndefined()
  })
})

describe('the rows of an entity', () => {
  it('are asked for from a little above the first that is missing', () => {
    const rows = new EntityRows()
    expect(rows.missingFrom(0, 10)).toBe(0)
    rows.put({ from: 100, events: events(...Array.from({ length: 50 }, (_, i) => i)) })
    expect(rows.missingFrom(100, 50)).toBeUndefined()
    expect(rows.missingFrom(140, 20)).toBe(130)
    expect(rows.at(101)?.seq).toBe(1)
  })

  it('are forgotten when they become those of another list', () => {
    const rows = new EntityRows()
    rows.turnTo('oldest first')
    rows.put({ from: 0, events: events(7) })
    rows.turnTo('oldest first')
    expect(rows.at(0)?.seq).toBe(7)
    rows.turnTo('newest first')
    expect(rows.at(0)).toBeUndefined()
  })
})
