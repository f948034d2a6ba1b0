import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  filtersFrom,
  importFilters,
  MOST_FILTERS,
  printFilters,
  renamed,
  type SavedFilter,
  withFilter,
  withoutFilter,
} from './stored-filters'

const filter = (name: string, text = 'is:error', app = 'orders'): SavedFilter => ({ app, name, text })
const file = (filters: unknown, version: unknown = 1) =>
  JSON.stringify({ format: 'playhead/filters', version, filters })

describe('saved filters', () => {
  it('are saved by name for each app, renamed and deleted', () => {
    let all = withFilter([], filter('errors'))!
    all = withFilter(all, filter('errors', 'is:threw'))!
    expect(all).toEqual([filter('errors', 'is:threw')])
    all = withFilter(all, filter('errors', 'is:root', 'other'))!
    expect(all.length).toBe(2)
    expect(renamed(all, all[0]!, '  failed ')![0]!.name).toBe('failed')
    expect(renamed(withFilter(all, filter('x'))!, filter('x'), 'errors')).toBeUndefined()
    expect(withoutFilter(all, all[0]!)).toEqual([filter('errors', 'is:root', 'other')])
    expect(withFilter(all, filter('  '))).toBeUndefined()
    expect(withFilter(all, filter('x', ' '))).toBeUndefined()
  })

  it('come back from a file', () => {
    const all = [filter('a'), filter('b', 'type:x', 'other')]
    expect(importFilters([], printFilters(all))).toEqual({ ok: true, filters: all, added: 2, skipped: 0 })
    expect(importFilters(all, printFilters(all))).toEqual({ ok: true, filters: all, added: 0, skipped: 0 })
    const result = importFilters([filter('a', 'other')], printFilters([filter('a')]))
    expect(result.ok && result.filters.map(({ name }) => name)).toEqual(['a', 'a (2)'])
  })

  it('refuse a file that is none, and what is no filter in one', () => {
    for (const bad of [
      '',
      '[]',
      'null',
      '{"format":"playhead/session"}',
      file([], 2),
      file('x'),
      'x'.repeat(9_000_000),
    ]) {
      expect(importFilters([], bad).ok).toBe(false)
    }
    const hostile = [
      null,
      7,
      'x',
      {},
      [],
      { app: 'a', name: 1, text: 'x' },
      filter('long', 'x'.repeat(20_000)),
      { __proto__: { app: 'a', name: 'n' } },
    ]
    expect(importFilters([], file([...hostile, filter('good')]))).toEqual({
      ok: true,
      filters: [filter('good')],
      added: 1,
      skipped: 8,
    })
    expect(({} as Record<string, unknown>).app).toBeUndefined()
    const many = Array.from({ length: 5000 }, (_, i) => filter(`n${i}`))
    const result = importFilters([], file(many))
    expect(result.ok && result.filters.length).toBe(MOST_FILTERS)
  })

  it('can be read back, as many and as long as there may be', () => {
    const most = Array.from({ length: MOST_FILTERS }, (_, i) => filter(`n${i}`, '"'.repeat(10_000)))
    expect(importFilters([], printFilters(most))).toMatchObject({ ok: true, filters: most, skipped: 0 })
  })

  it('are sound whatever storage or a file holds', () => {
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        const result = importFilters([], file(value))
        const filters = [...filtersFrom(value), ...(result.ok ? result.filters : [])]
        for (const one of filters) expect(Object.values(one).every(text => typeof text === 'string')).toBe(true)
      }),
    )
  })
})
