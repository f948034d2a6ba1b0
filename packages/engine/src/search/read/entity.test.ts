import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EntityTerm } from '../../contract/event'
import { compareSeqs } from '../../log/order'
import { FakeLog } from '../../testing/fake-log'
import { Entities } from './entity'

const ALL = { from: 0, count: 200, newestFirst: false }

describe('the events of one entity', () => {
  it('are those of a naive search, page by page, also while more arrives and the oldest go', async () => {
    const shapes = fc.array(
      fc.record({
        time: fc.integer({ min: 0, max: 500 }),
        tx: fc.constantFrom('t1', 't2', 7),
        type: fc.constantFrom(...'abcdefghijkl'),
        take: fc.constantFrom(0, 0, 0, 1),
      }),
      { minLength: 1, maxLength: 120, size: 'max' },
    )
    const terms: EntityTerm[] = [
      { key: 'facet', name: 'tx', value: 't1' },
      { key: 'facet', name: 'tx', value: 7 },
      { key: 'payload', path: ['by', 'tx'], value: 't2' },
    ]
    await fc.assert(
      fc.asyncProperty(
        shapes,
        fc.constantFrom(...terms),
        fc.nat({ max: 40 }),
        fc.boolean(),
        fc.nat({ max: 30 }),
        async (shape, term, from, newestFirst, evicted) => {
          const log = new FakeLog({ chunkRows: 16, cold: true })
          const events = shape.map(({ tx, ...event }, index) => ({
            ...event,
            producer: 0,
            n: index + 1,
            facets: { tx },
            payload: JSON.stringify({ by: { tx } }),
          }))
          const entities = new Entities()
          log.append(events.slice(0, 20))
          await entities.read(log, term, 0, ALL)
          log.append(events.slice(20))
          log.evict(Math.min(evicted, log.endSeq))
          const page = await entities.read(log, term, 0, { from, count: 10, newestFirst, of: from })
          const seqs = [...log.events]
            .filter(([, event]) => event.take === 0 && event.facets?.tx === term.value)
            .map(([seq]) => seq)
            .sort((a, b) => compareSeqs(log, a, b))
          const shown = newestFirst ? [...seqs].reverse() : seqs
          expect(page?.total).toBe(seqs.length)
          expect(page?.at).toBe(shown.indexOf(from))
          expect(page?.events.map(({ seq }) => seq)).toEqual(shown.slice(from, from + 10))
          expect(page?.dots.reduce((sum, dot) => sum + dot.count, 0)).toBe(seqs.length)
          for (const dot of page?.dots ?? []) {
            const event = log.events.get(dot.seq)
            expect(event?.time).toBe(dot.time)
            const { name } = page?.types[dot.lane] ?? { name: 'none' }
            if (name) expect(event?.type).toBe(name)
          }
          expect(page?.types.reduce((sum, { count }) => sum + count, 0)).toBe(seqs.length)
        },
      ),
      { seed: 44, numRuns: 80 },
    )
  })

  it('asked for something else, gives up the old', async () => {
    const log = new FakeLog({ chunkRows: 4, cold: true })
    log.append(Array.from({ length: 40 }, (_, i) => ({ producer: 0, n: i + 1, time: i, payload: `{"a":${i % 2}}` })))
    const entities = new Entities()
    const old = entities.read(log, { key: 'payload', path: ['a'], value: 0 }, 0, ALL)
    const [again, twice] = await Promise.all([
      entities.read(log, { key: 'payload', path: ['a'], value: 1 }, 0, ALL),
      entities.read(log, { key: 'payload', path: ['a'], value: 1 }, 0, { ...ALL, newestFirst: true }),
    ])
    expect(await old).toBeNull()
    expect(again?.total).toBe(20)
    expect(twice?.events.map(({ seq }) => seq)).toEqual(again?.events.map(({ seq }) => seq).reverse())
  })

  it('are those of the log that is asked, though it is of the same session', async () => {
    const entities = new Entities()
    for (const events of [3, 5]) {
      const log = new FakeLog()
      log.append(Array.from({ length: events }, (_, i) => ({ producer: 0, n: i + 1, time: i, facets: { tx: 'x' } })))
      expect((await entities.read(log, { key: 'facet', name: 'tx', value: 'x' }, 0, ALL))?.total).toBe(events)
    }
  })

  it('of one moment have a picture all the same', async () => {
    const log = new FakeLog()
    log.append([
      { producer: 0, n: 1, time: 5, facets: { tx: 'x' } },
      { producer: 0, n: 2, time: 5, facets: { tx: 'x' } },
    ])
    const page = await new Entities().read(log, { key: 'facet', name: 'tx', value: 'x' }, 0, ALL)
    expect(page?.dots).toEqual([{ lane: 0, time: 5, seq: 0, count: 2 }])
    expect(await new Entities().read(log, { key: 'facet', name: 'tx', value: 'y' }, 0, ALL)).toMatchObject({
      total: 0,
      events: [],
      dots: [],
    })
  })
})
