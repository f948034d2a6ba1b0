import { eventId } from '@playhead/shared/model/id'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NO_CAUSE, OUTSIDE, SUMMARY } from '../../log/event-row'
import { readNames } from '../../sessions/names'
import type { FakeEvent } from '../../testing/fake-chunk'
import { FakeLog } from '../../testing/fake-log'
import { testProducer } from '../../testing/make-batch'
import { readDetail } from './detail'
import { readRelations } from './relations'

function causeOf(log: FakeLog, event: FakeEvent): number {
  if (event.causeN) return log.seqOf(event.producer, event.causeN)
  if (!event.causeKind) return NO_CAUSE
  const id = event.moreCauses?.[0]?.id
  for (const [seq, other] of log.events) if (eventId(testProducer(other.producer), other.n) === id) return seq
  return OUTSIDE
}

describe('relations', () => {
  it('are those of a naive search', async () => {
    const events = fc.array(
      fc.record({
        producer: fc.integer({ min: 0, max: 2 }),
        back: fc.integer({ min: 0, max: 5 }),
        other: fc.integer({ min: 0, max: 3 }),
      }),
      { minLength: 1, maxLength: 120, size: 'max' },
    )
    await fc.assert(
      fc.asyncProperty(events, fc.nat({ max: 20 }), async (shape, evicted) => {
        const counts = [0, 0, 0]
        const made = shape.map(({ producer, back, other }, index): FakeEvent => {
          const n = (counts[producer] as number) + 1
          counts[producer] = n
          const sibling = (producer + 1) % 3
          if (other === 3 && (counts[sibling] as number) > 0) {
            return {
              producer,
              n,
              time: index,
              causeKind: 2,
              moreCauses: [{ id: eventId(testProducer(sibling), counts[sibling] as number), kind: 2 }],
            }
          }
          const causeN = back > 0 && n > back ? n - back : 0
          return { producer, n, time: index, causeN, foreignId: `order-${index}`, payload: `{"n":${n}}` }
        })
        const log = new FakeLog({ chunkRows: 8, cold: true })
        log.append(made)
        log.evict(Math.min(evicted, made.length - 1))
        for (const [seq, event] of log.events) {
          const chain: number[] = []
          let at = causeOf(log, event)
          while (at >= 0) {
            chain.push(at)
            at = causeOf(log, log.events.get(at) as FakeEvent)
          }
          const effects = [...log.events].filter(([, other]) => causeOf(log, other) === seq).map(([of]) => of)
          const found = await readRelations(log, seq)
          expect(found.causes.map(cause => cause.seq)).toEqual(chain)
          expect(found.outside).toBe(at === OUTSIDE)
          expect(found.effects.map(effect => effect.seq)).toEqual(effects)
          expect(found.effectsTotal).toBe(effects.length)
        }
      }),
      { seed: 31, numRuns: 60 },
    )
  })

  it('end where a forged cycle closes', async () => {
    const log = new FakeLog()
    log.append([
      { producer: 0, n: 1, time: 0, causeN: 2 },
      { producer: 0, n: 2, time: 1, causeN: 1 },
      { producer: 0, n: 3, time: 2, causeN: 3 },
    ])
    expect((await readRelations(log, 0)).causes.map(({ seq }) => seq)).toEqual([1])
    expect((await readRelations(log, 2)).causes).toEqual([])
  })

  it('list the newest 500 effects and count all', async () => {
    const log = new FakeLog()
    log.append(
      Array.from({ length: 701 }, (_, i) => ({
        producer: 0,
        n: i + 1,
        time: i,
        causeN: i > 0 ? 1 : 0,
        payload: `${i}`,
      })),
    )
    const { effects, effectsTotal } = await readRelations(log, 0)
    expect(effectsTotal).toBe(700)
    expect(effects.map(({ summary }) => Number(summary))).toEqual(Array.from({ length: 500 }, (_, i) => 201 + i))
  })
})

describe('detail', () => {
  it('has everything the log knows', async () => {
    const log = new FakeLog({ chunkRows: 2, cold: true })
    const foreign = eventId(testProducer(1), 9)
    log.append([
      { producer: 0, n: 1, time: 5, type: 'first' },
      {
        producer: 0,
        n: 2,
        time: 6.5,
        flags: 17,
        causeN: 1,
        duration: 0.5,
        via: 1,
        originalBytes: 999,
        payload: '{"text":"Größe"}',
        facets: { tick: 4, agent: 'A' },
        moreCauses: [{ id: foreign, kind: 3 }],
      },
    ])
    expect(await readDetail(log, 1)).toEqual({
      item: 'event',
      seq: 1,
      producer: 0,
      n: 2,
      time: 6.5,
      type: 'event',
      source: 'core',
      kind: 'action',
      level: 'action',
      flags: ['truncated', 'input'],
      take: 0,
      cause: 0,
      causeKind: 'synchronous',
      duration: 0.5,
      size: 18,
      summary: '{"text":"Größe"}',
      id: eventId(testProducer(0), 2),
      producerName: 'producer 0',
      wall: log.session.started + 6.5,
      causeId: eventId(testProducer(0), 1),
      causeType: 'first',
      moreCauses: [{ id: foreign, kind: 'inferred', seq: -1 }],
      payload: '{"text":"Größe"}',
      originalBytes: 999,
      facets: { tick: 4, agent: 'A' },
      via: 'bus',
    })
    log.evict(1)
    expect(await readDetail(log, 0)).toBeNull()
    expect(await readDetail(log, 1)).toMatchObject({
      cause: OUTSIDE,
      causeId: eventId(testProducer(0), 1),
      causeType: null,
    })
    expect(await readDetail(log, 2)).toBeNull()
  })

  it('says so when the text is lost', async () => {
    const log = new FakeLog({ chunkRows: 1 })
    log.append([{ producer: 0, n: 1, time: 0, payload: '"text"' }])
    for (const chunk of log.chunks) log.loseText(chunk)
    expect(await readDetail(log, 0)).toMatchObject({ payload: null, summary: '', size: 6 })
  })

  it('cuts summaries between characters', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 1200, size: 'max' }), async text => {
        const log = new FakeLog()
        log.append([{ producer: 0, n: 1, time: 0, payload: text }])
        const summary = (await readDetail(log, 0))?.summary ?? ''
        if (text.length <= SUMMARY) expect(summary).toBe(text)
        else {
          const shown = summary.slice(0, -1)
          expect(summary.at(-1)).toBe('…')
          expect(text.startsWith(shown)).toBe(true)
          expect([SUMMARY - 1, SUMMARY]).toContain(shown.length)
          expect(shown).not.toMatch(/[\ud800-\udbff]$/)
        }
      }),
      { seed: 32 },
    )
  })
})

it('counts names of the recording that are still visible', () => {
  const log = new FakeLog({ chunkRows: 2 })
  log.append([
    { producer: 0, n: 1, time: 0, type: 'gone' },
    { producer: 0, n: 2, time: 0, type: 'a', source: 'user' },
    { producer: 0, n: 3, time: 0, type: 'b' },
    { producer: 0, n: 4, time: 0, type: 'b' },
    { producer: 0, n: 5, time: 0, type: 'replayed', take: 1 },
  ])
  log.evict(1)
  expect(readNames(log)).toEqual({
    types: [
      { name: 'b', count: 2 },
      { name: 'a', count: 1 },
      { name: 'replayed', count: 0 },
    ],
    sources: [
      { name: 'core', count: 2 },
      { name: 'user', count: 1 },
    ],
  })
})
