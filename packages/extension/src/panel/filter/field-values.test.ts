import type { FieldValues, FoundValues, Vocabulary } from '@playhead/engine/contract/vocabulary'
import { signal } from '@preact/signals'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { PanelEngine } from '../connection/engine-client'
import { createFilterStore } from '../state/filter-store'
import type { Store } from '../state/store'
import { createFieldValues } from './field-values'

const SECOND = 1000
const field = { path: ['id'] }
const place = (typed: string) => ({ field, typed })
const some = (count: number, from = 0): FieldValues['values'] =>
  Array.from({ length: count }, (_, i) => ({ value: `v${from + i}`, count: 1 }))

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** An engine whose sample is this, and that finds these one after the other. */
function setUp(sample: FieldValues, found: FoundValues[] = []) {
  const filter = createFilterStore({ filters: [], recent: [] })
  filter.listing.value = true
  const shown = signal<{ id: string } | null>({ id: 'S' })
  const asked: string[] = []
  const api = {
    fieldValues: async () => sample,
    valuesFrom: async (_: string, __: unknown, typed: string) => {
      asked.push(typed)
      return found.length > 1 ? found.shift() : found[0]
    },
  }
  const engine = { read: api } as unknown as PanelEngine
  const values = createFieldValues({ filter, shown } as unknown as Store, engine)
  return { filter, shown, asked, values }
}

it('looks among all events for what a sample cannot tell, and shows what is found on the way', async () => {
  const { filter, asked, values } = setUp({ values: some(3), all: false }, [
    { values: [], all: false, done: false },
    { values: some(1), all: false, done: false },
    { values: some(2), all: true, done: true },
  ])
  values.load(place('v'))
  await vi.advanceTimersByTimeAsync(0)
  expect(filter.values.value).toEqual([{ field, values: some(3), all: false }])
  expect(filter.looking.value).toBe(true)
  await vi.advanceTimersByTimeAsync(400)
  expect(filter.values.value[0]).toEqual({ field, typed: 'v', values: some(1), all: false })
  await vi.advanceTimersByTimeAsync(SECOND)
  expect(filter.values.value[0]).toEqual({ field, typed: 'v', values: some(2), all: true })
  expect(filter.looking.value).toBe(false)
  // What begins with more letters is among what was found.
  values.load(place('v1'))
  await vi.advanceTimersByTimeAsync(SECOND)
  expect(asked).toEqual(['v', 'v', 'v'])
})

it('says no longer that it looks once what was typed is deleted or known', async () => {
  const { filter, values } = setUp({ values: some(3), all: false }, [{ values: some(1), all: true, done: true }])
  values.load(place('v'))
  await vi.advanceTimersByTimeAsync(SECOND)
  for (const typed of ['', 'v0']) {
    values.load(place('x'))
    await vi.advanceTimersByTimeAsync(0)
    expect(filter.looking.value).toBe(true)
    values.load(place(typed))
    await vi.advanceTimersByTimeAsync(0)
    expect(filter.looking.value).toBe(false)
  }
})

it('does not look where the sample was all there is, or nothing was typed', async () => {
  const whole = setUp({ values: some(99), all: true })
  whole.values.load(place('v'))
  const untyped = setUp({ values: some(3), all: false })
  untyped.values.load(place(''))
  await vi.advanceTimersByTimeAsync(SECOND)
  expect([...whole.asked, ...untyped.asked]).toEqual([])
})

it('looks again by more letters where not all could be told', async () => {
  const full = { values: some(100), all: true, done: true }
  const { asked, values } = setUp({ values: some(100), all: true }, [full])
  for (const typed of ['v', 'v', 'v1']) {
    values.load(place(typed))
    await vi.advanceTimersByTimeAsync(SECOND)
  }
  expect(asked).toEqual(['v', 'v1'])
})

it('looks for values of a facet where not all of them came with the names', async () => {
  const { filter, asked, values } = setUp({ values: [], all: true }, [{ values: some(1), all: true, done: true }])
  const facet = { name: 'tx', events: 9, texts: [{ name: 'v1', count: 1 }], counted: true, numbers: [], range: null }
  const name = (different: number) => {
    filter.vocabulary.value = { facets: [{ ...facet, different }] } as unknown as Vocabulary
  }
  const tx = { field: { facet: 'tx' }, typed: 'v' }
  name(1)
  values.load(tx)
  await vi.advanceTimersByTimeAsync(SECOND)
  expect(asked).toEqual([])
  name(2)
  values.load(tx)
  await vi.advanceTimersByTimeAsync(SECOND)
  expect(asked).toEqual(['v'])
  expect(filter.values.value).toEqual([{ ...tx, values: some(1), all: true }])
})

it('waits for a pause in the typing, and ends with the list, the field and the session', async () => {
  const { filter, shown, asked, values } = setUp({ values: some(3), all: false }, [
    { values: [], all: false, done: false },
  ])
  for (const typed of ['a', 'ab', 'abc']) {
    values.load(place(typed))
    await vi.advanceTimersByTimeAsync(100)
  }
  await vi.advanceTimersByTimeAsync(SECOND)
  expect(new Set(asked)).toEqual(new Set(['abc']))
  for (const end of [
    () => (filter.listing.value = false),
    () => values.load(undefined),
    () => (shown.value = { id: 'T' }),
    () => values.forget(),
  ]) {
    filter.listing.value = true
    shown.value = { id: 'S' }
    values.load(place('abc'))
    await vi.advanceTimersByTimeAsync(SECOND)
    end()
    await vi.advanceTimersByTimeAsync(SECOND)
    const before = asked.length
    expect(before).toBeGreaterThan(0)
    await vi.advanceTimersByTimeAsync(SECOND)
    expect(asked.length).toBe(before)
    expect(filter.looking.value).toBe(false)
  }
})
