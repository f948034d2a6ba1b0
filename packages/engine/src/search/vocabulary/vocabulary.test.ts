import { RECORDING } from '@playhead/shared/model/event'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { NameCount } from '../../contract/vocabulary'
import { FakeLog } from '../../testing/fake-log'
import { VocabularyCounter } from './vocabulary'

const shape = fc.record({
  type: fc.constantFrom('a', 'b', 'row:x'),
  source: fc.constantFrom('core', 'user'),
  level: fc.nat({ max: 4 }),
  kind: fc.nat({ max: 6 }),
  take: fc.constantFrom(0, 0, 0, 2),
  producer: fc.nat({ max: 2 }),
  facets: fc.constantFrom<Record<string, string | number>>(
    {},
    { tx: 't1' },
    { tx: 't2', tick: 3 },
    { tx: 7 },
    { tick: -1 },
  ),
})

it('counts what a naive count finds, also while events arrive and go', async () => {
  const batches = fc.array(
    fc.record({ events: fc.array(shape, { maxLength: 50, size: 'max' }), evict: fc.nat({ max: 60 }) }),
  )
  await fc.assert(
    fc.asyncProperty(batches, async given => {
      const log = new FakeLog({ chunkRows: 16 })
      const counter = new VocabularyCounter(log)
      let n = 0
      for (const { events, evict } of given) {
        log.append(events.map(event => ({ ...event, n: ++n, time: n })))
        if (evict > 40) log.evict(log.firstSeq + evict - 40)
        const told = await counter.read()
        const all = [...log.events.values()].filter(event => event.take === RECORDING)
        const counts = (names: readonly string[]) => {
          const sums = new Map<string, number>()
          for (const name of names) sums.set(name, (sums.get(name) ?? 0) + 1)
          return sums
        }
        const seen = (names: readonly NameCount[]) =>
          new Map(names.flatMap(({ name, count }) => (count > 0 ? [[name, count] as const] : [])))
        expect(seen(told.types)).toEqual(counts(all.map(({ type }) => type ?? '')))
        expect(seen(told.sources)).toEqual(counts(all.map(({ source }) => source ?? '')))
        expect(told.levels.map(({ count }) => count)).toEqual(
          told.levels.map((_, id) => all.filter(({ level }) => level === id).length),
        )
        expect(told.takes).toEqual([{ take: RECORDING, name: 'recording', count: all.length }])
        const values = (name: string) => all.flatMap(({ facets }) => facets?.[name] ?? [])
        for (const name of ['tx', 'tick']) {
          const facet = told.facets.find(one => one.name === name)
          const numbers = values(name).filter(value => typeof value === 'number')
          expect(facet?.events ?? 0).toBe(values(name).length)
          expect(seen(facet?.texts ?? [])).toEqual(counts(values(name).filter(value => typeof value === 'string')))
          expect(new Map(facet?.numbers.map(({ value, count }) => [String(value), count]))).toEqual(
            counts(numbers.map(String)),
          )
          expect(facet?.range ?? null).toEqual(
            numbers.length > 0 ? { min: Math.min(...numbers), max: Math.max(...numbers) } : null,
          )
        }
      }
    }),
    { numRuns: 60 },
  )
})

it('tells the most frequent values, and of very many numbers the range alone', async () => {
  const log = new FakeLog({ chunkRows: 4096 })
  const events = Array.from({ length: 7000 }, (_, i) => ({
    ...{ producer: 0, n: i + 1, time: i, type: 't' },
    facets: { tx: i % 10 === 0 ? 'often' : `tx-${i}`, tick: i },
  }))
  log.append(events)
  const { facets } = await new VocabularyCounter(log).read()
  const tx = facets.find(({ name }) => name === 'tx')
  expect(tx?.texts[0]).toEqual({ name: 'often', count: 700 })
  expect(tx?.texts.length).toBe(100)
  expect(tx?.counted).toBe(false)
  expect(facets.find(({ name }) => name === 'tick')).toMatchObject({ numbers: [], range: { min: 0, max: 6999 } })
})
