import type { Filter } from '@playhead/shared/filter/filter'
import { parseFilter } from '@playhead/shared/filter/parse'
import { Flag } from '@playhead/shared/model/event'
import { phasesOf } from '@playhead/shared/model/phases'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Sort } from '../../contract/view'
import { nextTask } from '../../tasks/next-task'
import type { FakeEvent } from '../../testing/fake-chunk'
import { FakeLog } from '../../testing/fake-log'
import { testProducer } from '../../testing/make-batch'
import { View } from './view'

/** Every look at the clock ends a slice, and no pause is waited for. */
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  let now = 0
  vi.spyOn(performance, 'now').mockImplementation(() => {
    now += 5
    return now
  })
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

async function settled(view: View): Promise<void> {
  for (let task = 0; task < 8 || !view.done; task++) {
    vi.advanceTimersByTime(600)
    await nextTask()
  }
}

const event = fc.record({
  producer: fc.nat({ max: 2 }),
  step: fc.nat({ max: 2 }),
  type: fc.constantFrom('a', 'b', 'c'),
  source: fc.constantFrom('core', 'core', 'core', 'user'),
  level: fc.nat({ max: 4 }),
  duration: fc.constantFrom(0, 1, 2.5),
  take: fc.constantFrom(0, 0, 0, 1),
  payload: fc.constantFrom('1', '"long text"', '{"a":1}'),
  facets: fc.constantFrom<Record<string, string | number>>({}, { f: 3 }, { f: 1 }, { f: 'x' }, { f: 'b' }),
})
const place = fc.nat({ max: 60 })
const append = fc.record({
  does: fc.constant('append' as const),
  events: fc.array(event, { maxLength: 12, size: 'max' }),
  skew: fc.constantFrom(0, 0, -9, 7),
  /** The producer that loses two events first. */
  gap: fc.nat({ max: 6 }),
})
const change = fc.record({ does: fc.constantFrom('evict', 'flag', 'duration', 'open', 'anchor', 'mark'), at: place })
const steps = fc.array(fc.oneof({ weight: 2, arbitrary: append }, { weight: 3, arbitrary: change }), {
  ...{ minLength: 3, maxLength: 14, size: 'max' },
})
type Step = typeof steps extends fc.Arbitrary<(infer T)[]> ? T : never

/** Each filter, and what it says. */
const FILTERS: Record<string, (event: FakeEvent, log: FakeLog) => boolean> = {
  '': () => true,
  'type:a|b': ({ type }) => type !== 'c',
  'is:error': ({ flags = 0 }) => (flags & Flag.threw) !== 0,
  'slow:>2ms': ({ duration = 0 }) => duration > 2,
  '-slow:>=2.5ms': ({ duration = 0 }) => duration < 2.5,
  long: ({ payload }) => payload === '"long text"',
  'has:gap': isBesideGap,
  '-has:gap': (event, log) => !isBesideGap(event, log),
  'mark:one': isInOne,
  '-mark:one': (event, log) => !isInOne(event, log),
  'after:10ms before:40ms': ({ time }) => time >= 10 && time <= 40,
  'f=3': ({ facets }) => facets?.f === 3,
}
const KEYS: Sort['by'][] = ['time', 'time', 'seq', 'type', 'source', 'level', 'duration', 'size', { facet: 'f' }]
const spec = fc.record({
  filter: fc.constantFrom(...Object.keys(FILTERS)),
  by: fc.constantFrom(...KEYS),
  descending: fc.boolean(),
  group: fc.boolean(),
})

function isBesideGap({ producer, n }: FakeEvent, log: FakeLog): boolean {
  return log.gaps.some(gap => gap.producer === testProducer(producer) && (n === gap.fromN - 1 || n === gap.toN + 1))
}

function isInOne({ time }: FakeEvent, { session }: FakeLog): boolean {
  const phases = phasesOf(session, Number.POSITIVE_INFINITY)
  return phases.some(({ name, from, to }) => name === 'one' && time >= from && time < to)
}

interface Item {
  name: string
  seq: number
  event?: FakeEvent
  time: number
  producer: number
  n: number
}

const byTime = (a: Omit<Item, 'name' | 'seq'>, b: Omit<Item, 'name' | 'seq'>) =>
  a.time - b.time || a.producer - b.producer || a.n - b.n

/** What is shown, by filter and sort. */
function itemsOf(log: FakeLog, filter: string, { by, descending }: Sort): Item[] {
  const items: Item[] = []
  for (const [seq, event] of log.events) {
    if (event.take !== 0 || !FILTERS[filter]!(event, log)) continue
    items.push({ name: `${seq}`, seq, event, time: event.time, producer: event.producer, n: event.n })
  }
  for (const { producer: id, fromN, from, to } of log.gaps) {
    if (filter.startsWith('after') && (from > 40 || to < 10)) continue
    const producer = log.producers.indexOf(id)
    items.push({ name: `gap ${producer} ${fromN}`, seq: -1, time: from, producer, n: fromN })
  }
  items.sort(byTime)
  if (by === 'time') return items
  const key = ({ seq, event }: Item) => {
    if (typeof by === 'object') return event?.facets?.[by.facet]
    if (by === 'seq' || by === 'size') return by === 'seq' ? seq : event?.payload?.length
    return event?.[by as 'type']
  }
  const events = items.filter(item => item.event).sort((a, b) => compareKeys(key(a), key(b), descending))
  return [...events, ...items.filter(item => !item.event)]
}

/** Numbers before texts, nothing last whichever way. */
function compareKeys(a: string | number | undefined, b: string | number | undefined, descending: boolean): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? 1 : -1
  const order = typeof a !== typeof b ? (typeof a === 'number' ? -1 : 1) : a < b ? -1 : a > b ? 1 : 0
  return descending ? -order : order
}

function kindOf({ type, source, take }: FakeEvent): string {
  return `${type} ${source} ${take}`
}

function grouped(items: readonly Item[], open: ReadonlySet<number>): string[] {
  const names: string[] = []
  for (let at = 0; at < items.length; ) {
    const { name, seq, event } = items[at] as Item
    let end = at + 1
    while (event && items[end]?.event && kindOf(items[end]!.event!) === kindOf(event)) end++
    const repeats = end - at
    if (repeats > 1) names.push(`${name} ${open.has(seq) ? 'open' : 'of'} ${repeats}`)
    else names.push(name)
    if (open.has(seq)) names.push(...items.slice(at + 1, end).map(item => item.name))
    at = end
  }
  return names
}

function shown(view: View): string[] {
  return Array.from({ length: view.length }, (_, index) => {
    const item = view.itemAt(index)
    if ('gap' in item) return `gap ${item.producer} ${item.gap.fromN}`
    if ('lineOf' in item) return `line ${item.line} of ${item.lineOf}`
    const { repeats } = item
    return repeats ? `${item.seq} ${repeats.open ? 'open' : 'of'} ${repeats.count}` : `${item.seq}`
  })
}

/** Right at any moment, however much is still to be done. */
function checkNow(view: View, log: FakeLog): void {
  const all = view.seqsAt(0, view.length, 1e6)
  expect(new Set(all).size).toBe(all.length)
  for (let index = 0; index < view.length; index++) {
    const item = view.itemAt(index)
    if (!('seq' in item)) continue
    const each = view.seqsAt(index, index, 1e6)
    expect(each.every(seq => seq >= log.firstSeq)).toBe(true)
    expect(each).toHaveLength(item.repeats && !item.repeats.open ? item.repeats.count : 1)
    expect(new Set(each.map(seq => kindOf(log.events.get(seq)!))).size).toBe(1)
    for (const seq of each) expect(view.locate(seq)).toBe(index)
  }
}

function checkPlaces(view: View, log: FakeLog, items: readonly Item[], sort: Sort): void {
  const events = items.filter(item => item.event)
  const timeline = events.toSorted(byTime)
  const isThere = new Set(events.map(({ seq }) => seq))
  expect(view.seqsAt(0, view.length, 1e6).sort()).toEqual([...isThere].sort())
  for (const [seq, event] of log.events) {
    expect(view.locate(seq) >= 0).toBe(isThere.has(seq))
    const after = timeline.find(item => byTime(item, event) > 0) ?? timeline[0]
    const before = timeline.findLast(item => byTime(item, event) < 0) ?? timeline.at(-1)
    expect([view.next(seq, 1), view.next(seq, -1)]).toEqual([after?.seq ?? -1, before?.seq ?? -1])
    const distance = (item: Item) => Math.abs(item.time - event.time - 1)
    const near = log.events.get(view.nearest(event.time + 1))
    const least = timeline.length > 0 ? Math.min(...timeline.map(distance)) : undefined
    expect(near && Math.abs(near.time - event.time - 1)).toBe(least)
  }
  const { anchor } = view.status()
  const anchored = log.events.get(view.anchor)
  if (isThere.has(view.anchor)) expect(anchor).toBe(view.locate(view.anchor))
  else if (anchored && timeline.length > 0 && sort.by === 'time') {
    const next = timeline.find(item => byTime(item, anchored) > 0) ?? timeline.at(-1)!
    expect(anchor).toBe(view.locate(next.seq))
  }
}

/** Carries out steps on a log; times of the producers are not in order with each other. */
function player(log: FakeLog, open: Set<number>) {
  const n = [0, 0, 0]
  let clock = 0
  return (step: Step, view?: View) => {
    if (step.does === 'append') {
      const { gap, events, skew } = step
      const gaps = [...log.gaps]
      if (gap < 3 && n[gap]! > 0) {
        n[gap]! += 2
        const at = { fromN: n[gap]! - 1, toN: n[gap]!, count: 2, from: clock, to: clock + 1 }
        gaps.push({ producer: testProducer(gap), reason: 'lost', ...at })
      }
      log.append(
        events.map(({ step, ...event }): FakeEvent => {
          clock += step
          n[event.producer]!++
          return { ...event, n: n[event.producer]!, time: clock + skew + event.producer * 3 }
        }),
      )
      if (gaps.length > log.gaps.length) log.setGaps(gaps)
      return
    }
    const { does, at } = step
    const seq = log.firstSeq + at
    if (does === 'evict') log.evict(Math.min(log.endSeq, log.firstSeq + (at % 20)))
    else if (does === 'flag') log.addFlags(seq, Flag.threw)
    else if (does === 'duration') log.setDuration(seq, at % 7)
    else if (does === 'mark') {
      const name = at % 2 ? 'one' : 'two'
      log.addMark({ kind: 'phase', name, time: clock - (at % 10), producer: testProducer(0), afterN: 0 })
    } else if (view && does === 'anchor') view.anchor = seq
    else if (view && view.length > 0) {
      const item = view.itemAt(at % view.length)
      if (!('seq' in item) || !item.repeats) return
      view.openGroup(item.seq, !item.repeats.open)
      if (item.repeats.open) open.delete(item.seq)
      else open.add(item.seq)
    }
  }
}

function filterOf(text: string): Filter {
  return parseFilter(text).filter
}

describe('a view', () => {
  it('is at every step what sorting and grouping everything anew gives', async () => {
    await fc.assert(
      fc.asyncProperty(spec, steps, steps, async ({ filter, by, descending, group }, before, after) => {
        const sort: Sort = { by, descending }
        const log = new FakeLog({ chunkRows: 8 })
        const open = new Set<number>()
        const play = player(log, open)
        for (const step of before) play(step)
        const view = new View(1, log, { session: null, filter: filterOf(filter), sort, group }, undefined, () => {})
        view.start()
        for (const [index, step] of after.entries()) {
          play(step, view)
          checkNow(view, log)
          if (index % 2 === 0) await nextTask()
          checkNow(view, log)
          if (index % 3 !== 2 && index < after.length - 1) continue
          await settled(view)
          checkNow(view, log)
          const items = itemsOf(log, filter, sort)
          const names = group ? grouped(items, open) : items.map(item => item.name)
          expect(shown(view)).toEqual(by === 'time' && descending ? names.reverse() : names)
          checkPlaces(view, log, items, sort)
          const matched = items.filter(item => item.event).length
          expect(view.status()).toMatchObject({ matched, items: names.length, done: true, total: log.events.size })
        }
        view.close()
      }),
      { seed: 51, numRuns: 250 },
    )
  })

  it('sorts anew when a duration is told late', async () => {
    const log = new FakeLog()
    log.append([1, 2, 3].map(n => ({ producer: 0, n, time: n })))
    const view = new View(1, log, { ...noFilter, sort: { by: 'duration', descending: true } }, undefined, () => {})
    view.start()
    await settled(view)
    log.setDuration(1, 5)
    await settled(view)
    expect(shown(view)).toEqual(['1', '0', '2'])
  })

  it('shows gaps that come first once what stood between them is evicted', async () => {
    const log = new FakeLog({ chunkRows: 2 })
    const view = new View(1, log, { ...noFilter, group: true }, undefined, () => {})
    log.append([1, 2].map(n => ({ producer: 0, n, time: n })))
    const gap = { producer: testProducer(0), reason: 'lost' as const, count: 1 }
    log.setGaps([3, 5].map(n => ({ ...gap, fromN: n, toN: n, from: n, to: n })))
    view.start()
    await settled(view)
    expect(shown(view)).toEqual(['0 of 2', 'gap 0 3', 'gap 0 5'])
    log.evict(2)
    expect(shown(view)).toEqual(['gap 0 3', 'gap 0 5'])
  })

  it('of a tree takes in what came late while it was looked through once more', async () => {
    const log = new FakeLog({ chunkRows: 4 })
    const next = (n: number): FakeEvent => ({ producer: 0, n, time: n, ...(n > 1 && { causeN: n - 1 }) })
    log.append(Array.from({ length: 40 }, (_, i) => next(i + 1)).filter(({ n }) => n !== 10 && n !== 20))
    const view = new View(1, log, { session: null, filter: filterOf('chain:#0') }, undefined, () => {})
    view.start()
    await settled(view)
    expect(view.length).toBe(9)
    log.append([next(10)])
    // One slice finds that what was left out belongs to it, the next ones begin again.
    for (let task = 0; task < 4; task++) await nextTask()
    log.append([next(20)])
    await settled(view)
    expect(view.length).toBe(40)
  })
})

const noFilter = { session: null, filter: {} }
