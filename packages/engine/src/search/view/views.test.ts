import type { Filter } from '@playhead/shared/filter/filter'
import { matches } from '@playhead/shared/filter/matches'
import { parseFilter } from '@playhead/shared/filter/parse'
import { printFilter } from '@playhead/shared/filter/print'
import { FLAG_NAMES, Flag, flagNames, KINDS, LEVELS } from '@playhead/shared/model/event'
import { eventId } from '@playhead/shared/model/id'
import { phasesOf } from '@playhead/shared/model/phases'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Row } from '../../contract/view'
import type { FakeEvent } from '../../testing/fake-chunk'
import { FakeLog } from '../../testing/fake-log'
import { gapOf } from '../../testing/gaps'
import { testProducer } from '../../testing/make-batch'
import { sumUp } from '../../testing/sum-up'
import { createViews } from '../../testing/views'
import { items, seqs, watcher } from '../../testing/watched-views'

const TYPES = ['row:update', 'row:insert', 'Käse', 'clock:TICK', 'İstanbul', 'sort']
const SOURCES = ['core', 'user', 'plugin:x', 'plugin:y']
const WORDS = ['alpha', 'Größe', 'ΣΑΣ', '\u212aelvin', 'İ', 'straße', 'tick', 'Beta', '😀', 'ik', '17']

const payload = fc
  .record({
    rowId: fc.integer({ min: 0, max: 30 }),
    word: fc.constantFrom(...WORDS),
    inner: fc.record({ a: fc.constantFrom<unknown>(1, '1', null, true, [17, 'x'], { $ph: 'number', v: 'NaN' }) }),
  })
  .map(value => JSON.stringify(value))

const arrival = fc.record({
  producer: fc.integer({ min: 0, max: 2 }),
  step: fc.integer({ min: 0, max: 3 }),
  take: fc.constantFrom(0, 0, 0, 0, 1, 2),
  type: fc.constantFrom(...TYPES),
  source: fc.constantFrom(...SOURCES),
  kind: fc.integer({ min: 0, max: KINDS.length - 1 }),
  level: fc.integer({ min: 0, max: LEVELS.length - 1 }),
  duration: fc.constantFrom(0, 0, 0.25, 16.7, 50.1, 2000),
  flags: fc.constantFrom(0, 0, 0, Flag.input, Flag.threw, Flag.redacted | Flag.threw),
  causeKind: fc.integer({ min: 0, max: 2 }),
  /** How far back in its producer. */
  back: fc.integer({ min: 1, max: 12 }),
  patch: fc.constantFrom(undefined, undefined, '[]'),
  payload,
  facets: fc.constantFrom<Record<string, string | number>>(
    {},
    { tick: 3 },
    { tick: 4, agent: 'A' },
    { agent: 'B' },
    { tick: 'x', ok: 'true' },
    { ok: 'false' },
  ),
})
/** A batch that is `late` is held back and appended after the next ones. */
const batch = fc.record({ events: fc.array(arrival, { minLength: 1, maxLength: 40, size: 'max' }), late: fc.boolean() })

const TERMS = [
  ...[
    'type:row:*',
    'type:*',
    'type:sort',
    'type:*:*T*',
    'type:none',
    'type:*ä*|row:insert',
    'source:plugin:*',
    'source:core',
  ],
  ...['producer:"producer 1"', ...LEVELS.map(level => `level:${level}`), ...KINDS.map(kind => `kind:${kind}`)],
  ...[
    'after:-20ms',
    'after:70ms',
    'before:200ms',
    'before:50ms',
    'mark:one',
    'mark:t*',
    ...['slow:>0ms', 'slow:16ms', 'slow:>=50.1ms', 'slow:>50.1ms', 'slow:<250µs', 'slow:<=0.25ms', 'slow:<2s'],
    'is:root',
    'is:error',
    'is:bookmarked',
  ],
  ...FLAG_NAMES.map(flag => `is:${flag}`),
  ...[
    'has:gap',
    'has:cause',
    'has:state',
    'take:0',
    'take:1',
    'take:*',
    'cause:#3',
    'cause:#17',
    'chain:#5',
    'chain:#31',
  ],
  ...[
    'ALPHA',
    'ße',
    'SS',
    'σας',
    'k',
    'i',
    'İ',
    'ICK',
    '"\\"a\\":"',
    'row',
    '😀',
    '"}{"',
    'elvin',
    '/alpha|beta/i',
    '/:1[0-9],/',
    '/^row/',
  ],
  ...[
    'payload.rowId=17',
    'payload.rowId>20',
    'payload.rowId!=3',
    'payload.inner.a=1',
    'payload.inner.a="1"',
    'payload.inner.a=null',
  ],
  ...['payload.inner.a.0=17', 'payload.inner.a.0<=17', 'payload.word=Größe', 'payload.nothing=1', 'payload.nothing!=1'],
  ...['tick=3', 'tick>3', 'tick!=3', 'agent=A', 'agent!=A', 'no=A', 'tick=x', 'tick="3"', 'ok=true', 'ok!=true'],
]
/** What comes and goes with the rest of the tree is tested by itself. */
const STEADY = TERMS.filter(term => !/^(cause|chain|has:gap)/.test(term))

/** A few clauses of a few terms, or nothing would match. */
const filterOf = (terms: readonly string[]): fc.Arbitrary<Filter> =>
  fc
    .array(
      fc.record({
        not: fc.constantFrom(false, false, true),
        any: fc.array(fc.constantFrom(...terms), { minLength: 1, maxLength: 3 }),
      }),
      { maxLength: 3 },
    )
    .map(clauses => {
      const parsed = clauses.map(({ not, any }) => {
        // Each by itself: behind a `key:` a word is one of its values.
        const found = any.map(term => parseFilter(term))
        expect(found.flatMap(({ problems }) => problems)).toEqual([])
        return { ...(not && { not: true as const }), any: found.flatMap(({ filter: { all } }) => all?.[0]?.any ?? []) }
      })
      return { all: parsed }
    })
const filter = filterOf(TERMS)
const steadyFilter = filterOf(STEADY)

const skew = [0, 7, -13]

interface Arrivals {
  events: { producer: number; step: number; back: number; causeKind: number }[]
  late: boolean
}

function calmed({ events }: Arrivals, index: number) {
  return { late: false, events: events.map(event => ({ ...event, producer: 0, step: 1, take: index >> 2 })) }
}

/** Gives the arrivals times (each producer has a skew) and numbers, and the batches the order in which the log gets them. */
function plan(batches: Arrivals[]): FakeEvent[][] {
  const n = [0, 0, 0]
  let clock = 0
  const order: FakeEvent[][] = []
  let held: FakeEvent[] = []
  for (const { events, late } of batches) {
    const made = events.map(({ step, back, ...event }): FakeEvent => {
      clock += step
      n[event.producer] = (n[event.producer] as number) + 1
      const own = n[event.producer] as number
      const cause = event.causeKind > 0 && own > back ? { causeN: own - back } : { causeKind: 0 }
      return { ...event, ...cause, n: own, time: clock + (skew[event.producer] as number) }
    })
    if (late) held.push(...made)
    else {
      order.push(made)
      if (held.length) order.push(held)
      held = []
    }
  }
  if (held.length) order.push(held)
  return order
}

/** Marks, bookmarks and gaps for filters to speak of. */
function furnish(log: FakeLog): FakeLog {
  log.session.marks = ['one', 'two', 'three'].map((name, i) => ({
    ...{ time: 20 + i * 60, kind: 'phase' as const, name, producer: testProducer(0), afterN: 0 },
  }))
  log.session.bookmarks = [eventId(testProducer(0), 3), eventId(testProducer(2), 5), 'nonsense']
  log.gaps = [gapOf(0, 4, 6, 10, 20), gapOf(1, 1, 1, 0, 5), gapOf(7, 1, 9, 0, 5)]
  return log
}

function expected(log: FakeLog, wanted: Filter): number[] {
  const parents = new Map<number, number>()
  for (const [seq, event] of log.events) {
    const cause = event.causeKind !== 0 && event.causeN ? log.seqOf(event.producer, event.causeN) : -1
    if (cause >= 0) parents.set(seq, cause)
  }
  const root = (seq: number): number => {
    const parent = parents.get(seq)
    return parent === undefined ? seq : root(parent)
  }
  const trees = new Map<number, Set<number>>()
  for (const seq of log.events.keys()) {
    const top = root(seq)
    trees.set(top, (trees.get(top) ?? new Set()).add(seq))
  }
  const phases = phasesOf(log.session, Number.POSITIVE_INFINITY)
  return [...log.events]
    .filter(([seq, event]) =>
      matches(wanted, {
        type: event.type ?? '',
        source: event.source ?? '',
        producer: `producer ${event.producer}`,
        kind: KINDS[event.kind ?? 2] as (typeof KINDS)[number],
        level: LEVELS[event.level ?? 2] as (typeof LEVELS)[number],
        flags: flagNames(event.flags ?? 0),
        time: event.time,
        duration: event.duration ?? 0,
        take: event.take ?? 0,
        text: event.payload ?? 'null',
        facets: event.facets ?? {},
        causeless: !event.causeKind,
        causes: parents.has(seq) ? [parents.get(seq) as number] : [],
        tree: trees.get(root(seq)) ?? new Set(),
        phases: phases.filter(({ from, to }) => event.time >= from && event.time < to).map(({ name }) => name),
        besideGap: log.gaps.some(
          ({ producer, fromN, toN }) =>
            producer === testProducer(event.producer) && (event.n === fromN - 1 || event.n === toN + 1),
        ),
        changesState: event.patch !== undefined,
        bookmarked: log.session.bookmarks?.includes(eventId(testProducer(event.producer), event.n)) === true,
      }),
    )
    .sort(([, a], [, b]) => a.time - b.time || a.producer - b.producer || a.n - b.n)
    .map(([seq]) => seq)
}

/** Place among the events of the list; gaps do not count. */
function eventIndex(rows: readonly Row[], index: number): number {
  return index < 0 ? -1 : rows.slice(0, index).filter(row => row.item === 'event').length
}

describe('a view', () => {
  it.each([
    { log: 'three skewed producers, late batches', calm: false, cold: false, summed: false },
    { log: 'the same with text on disk', calm: false, cold: true, summed: false },
    { log: 'the same, summed up', calm: false, cold: true, summed: true },
    { log: 'one producer in order, a take at a time', calm: true, cold: false, summed: false },
  ])('shows what Array.filter and sort show: $log', async ({ calm, cold, summed }) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(batch, { maxLength: 12, size: 'max' }),
        fc.array(filter, { minLength: 1, maxLength: 4 }),
        async (batches, filters) => {
          const log = furnish(new FakeLog({ chunkRows: 32, cold }))
          for (const events of plan(calm ? batches.map(calmed) : batches)) log.append(events)
          if (summed) await sumUp(log)
          for (const wanted of filters) {
            const { seen, until } = watcher()
            const views = createViews(seen)
            seen(views.setView(log, { session: null, filter: wanted }))
            const status = await until(({ done }) => done)
            const truth = expected(log, wanted)
            const rows = await items(views, status.view)
            expect([printFilter(wanted), seqs(rows)]).toEqual([printFilter(wanted), truth])
            expect(status).toMatchObject({ matched: truth.length, total: log.endSeq, scanned: log.endSeq })
            for (const seq of log.events.keys()) {
              expect(eventIndex(rows, views.locate(status.view, seq))).toBe(truth.indexOf(seq))
            }
            views.dispose()
          }
        },
      ),
      { seed: 21, numRuns: 150 },
    )
  })

  it('is the same when events arrive, are evicted and get late facts as from scratch', async () => {
    const action = fc.constantFrom('append', 'append', 'append', 'evict', 'flag', 'duration', 'look', 'sum up')
    await fc.assert(
      fc.asyncProperty(
        fc.array(batch, { minLength: 1, maxLength: 12, size: 'max' }),
        fc.array(action, { minLength: 5, maxLength: 30, size: 'max' }),
        steadyFilter,
        fc.infiniteStream(fc.nat({ max: 60 })),
        async (batches, actions, wanted, numbers) => {
          const log = new FakeLog({ chunkRows: 16, cold: true })
          const arrivals = plan(batches)
          const { seen, until } = watcher()
          const views = createViews(seen)
          const { view } = views.setView(log, { session: null, filter: wanted })
          for (const what of actions) {
            const number = numbers.next().value as number
            if (what === 'append') log.append(arrivals.shift() ?? [])
            else if (what === 'evict')
              log.evict(Math.max(log.firstSeq, Math.min(log.endSeq, log.firstSeq + number - 20)))
            else if (what === 'sum up') await sumUp(log)
            else if (what === 'flag') log.addFlags(log.firstSeq + number, Flag.threw)
            else if (what === 'duration') log.setDuration(log.firstSeq + number, number * 1.1)
            else {
              const page = await views.rows(view, 0, 2000)
              const truth = new Set(expected(log, wanted))
              expect(seqs(page.items).every(seq => truth.has(seq))).toBe(true)
            }
          }
          log.append([])
          const truth = expected(log, wanted)
          await until(
            ({ done, matched, total }) => done && matched === truth.length && total === log.endSeq - log.firstSeq,
          )
          expect(seqs(await items(views, view))).toEqual(truth)
          views.dispose()
        },
      ),
      { seed: 22, numRuns: 60 },
    )
  })
})
