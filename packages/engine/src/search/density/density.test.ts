import { isErrorName } from '@playhead/shared/filter/filter'
import { Flag } from '@playhead/shared/model/event'
import { describe, expect, it, vi } from 'vitest'
import type { Density, DensityRequest } from '../../contract/density'
import { nextTask } from '../../tasks/next-task'
import type { FakeEvent } from '../../testing/fake-chunk'
import { FakeLog } from '../../testing/fake-log'
import { Random } from '../../testing/random'
import { createViews } from '../../testing/views'
import { DensityCounter } from './density'
import { MatchCounter } from './density-matches'

const TYPES = ['row:add', 'row:update', 'tick', 'load:failed', 'PaymentSettled']
const SOURCES = ['core', 'user', ...Array.from({ length: 20 }, (_, i) => `plugin:${i}`)]

describe('density', () => {
  it.each([1, 2, 3, 4, 5, 6])(
    'counts what a plain list counts, whatever arrives late or goes (seed %i)',
    async seed => {
      const random = new Random(seed)
      const log = new FakeLog({ chunkRows: random.pick([8, 64]) })
      const counter = new DensityCounter(log)
      const next = [1, 1, 1]
      let now = 0
      let request: DensityRequest | undefined
      for (let round = 0; round < 40; round++) {
        const late = random.chance(0.2) ? -200 : 0
        log.append(
          Array.from({ length: random.whole(0, 60) }, (): FakeEvent => {
            const producer = random.whole(0, 2)
            now += random.chance(0.02) ? 500 : random.next() * 2
            const type = random.pick(TYPES.slice(0, 1 + (round % TYPES.length)))
            const time = Math.max(0, now + late)
            const take = random.chance(0.1) ? 1 : 0
            const flags = random.chance(0.1) ? Flag.threw : 0
            return { producer, n: next[producer]!++, time, type, take, flags, source: random.pick(SOURCES) }
          }),
        )
        if (random.chance(0.2)) log.evict(log.firstSeq + random.whole(0, Math.floor((log.endSeq - log.firstSeq) / 2)))
        if (random.chance(0.3) && log.endSeq > log.firstSeq) {
          log.addFlags(random.whole(log.firstSeq, log.endSeq - 1), Flag.threw)
        }
        const a = random.next() * now
        const b = random.next() * now
        const range = random.pick([
          { from: 0, to: now },
          { from: Math.min(a, b), to: Math.max(a, b) },
          { from: -100, to: now * 30 },
          { from: a, to: a },
        ])
        // The same question again is answered from what was counted before.
        if (!request || random.chance(0.5)) {
          request = {
            session: '',
            ...range,
            buckets: random.pick([1, 7, 300]),
            groups: log.types.slice(0, random.whole(0, 5)).map((_, id) => id % 3),
            lanes: random.pick(['none', 'producer', 'source']),
            ...random.pick([{}, {}, { takes: [1] }, { takes: [0, 1] }, { takes: [] }]),
          }
        }
        const found = await counter.count(request)
        if (!found) throw new Error('nobody else asked')
        check(found, request, log)
      }
    },
  )

  it('merges gaps that lie near each other', async () => {
    const log = new FakeLog()
    const gap = (from: number, to: number, count: number) => ({
      ...{ producer: log.producers[0] as string, fromN: 1, toN: count, reason: 'lost' as const, count, from, to },
    })
    log.setGaps([gap(500, 600, 3), gap(0, 10, 1), gap(15, 20, 2), gap(2000, 2001, 9)])
    const found = await new DensityCounter(log).count({
      ...{ session: '', from: 0, to: 1000, buckets: 100, groups: [], lanes: 'none' },
    })
    expect(found?.gaps).toEqual([
      { from: 0, to: 20, count: 3 },
      { from: 500, to: 600, count: 3 },
    ])
  })

  it('gives up for what is asked later', async () => {
    const log = new FakeLog({ chunkRows: 8 })
    log.append(Array.from({ length: 400 }, (_, i): FakeEvent => ({ producer: 0, n: i + 1, time: i })))
    const counter = new DensityCounter(log)
    const request: DensityRequest = { session: '', from: 0, to: 400, buckets: 100, groups: [], lanes: 'source' }
    let now = 0
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => (now += 3))
    const answers = await Promise.all([
      counter.count(request),
      counter.count(request),
      counter.count({ ...request, buckets: 3 }),
    ])
    clock.mockRestore()
    expect(answers.slice(0, 2)).toEqual([null, null])
    expect(answers[2]?.counts.reduce((sum, count) => sum + count)).toBe(400)
  })
})

describe('what a view holds', () => {
  it.each([1, 2, 3])(
    'is counted over time as a plain list counts it, while events come and go (seed %i)',
    async seed => {
      const random = new Random(seed)
      const log = new FakeLog({ chunkRows: 16 })
      const views = createViews(() => {})
      const counter = new MatchCounter()
      const { view } = views.setView(log, { session: null, filter: { all: [{ any: [{ key: 'text', text: 'yes' }] }] } })
      let n = 0
      for (let round = 0; round < 20; round++) {
        log.append(
          Array.from({ length: random.whole(0, 80) }, (): FakeEvent => {
            const payload = random.chance(0.3) ? '"yes"' : '"no"'
            return { producer: 0, n: ++n, time: n * 2 - random.whole(0, 9), type: random.pick(TYPES), payload }
          }),
        )
        if (random.chance(0.3)) log.evict(log.firstSeq + random.whole(0, Math.floor((log.endSeq - log.firstSeq) / 2)))
        while (views.busy) await nextTask()
        const [from, to] = random.pick([
          [0, n * 2],
          [n / 2, n],
        ] as const)
        const groups = log.types.slice(0, 3).map((_, id) => id % 2)
        const buckets = random.pick([1, 9, 200])
        const found = await counter.count({ view, from, to, buckets, groups }, () => views.found(view))
        const counts = new Uint32Array(buckets * (found?.groups ?? 0))
        for (const { type, time, payload } of log.events.values()) {
          if (payload !== '"yes"' || time < from || time > to) continue
          const bucket = Math.min(buckets - 1, Math.floor((time - from) * (buckets / (to - from))))
          counts[
            bucket * (found?.groups ?? 0) + (groups[log.types.indexOf(type ?? '')] ?? (found?.groups ?? 0) - 1)
          ]! += 1
        }
        if (to > from) expect(found?.counts).toEqual(counts)
      }
      expect(
        await counter.count({ view, from: 0, to: 1, buckets: 1, groups: [] }, () => views.found(view + 1)),
      ).toBeNull()
      views.dispose()
    },
  )

  it('is not counted on for another view, or when it is asked again', async () => {
    const log = new FakeLog({ chunkRows: 4096 })
    log.append(Array.from({ length: 5000 }, (_, i): FakeEvent => ({ producer: 0, n: i + 1, time: i })))
    const views = createViews(() => {})
    const { view } = views.setView(log, { session: null, filter: {} })
    while (views.busy) await nextTask()
    const counter = new MatchCounter()
    const request = { view, from: 0, to: 5000, buckets: 10, groups: [] }
    let now = 0
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => (now += 9))
    const first = counter.count(request, () => views.found(view))
    const second = counter.count(request, () => views.found(view))
    expect(await first).toBeNull()
    expect((await second)?.counts.reduce((sum, count) => sum + count)).toBe(5000)
    const third = counter.count(request, () => views.found(view))
    views.setView(log, { session: null, filter: {} })
    expect(await third).toBeNull()
    clock.mockRestore()
    views.dispose()
  })
})

describe('the nearest event', () => {
  it('is the one a plain search finds, in the view', async () => {
    const random = new Random(9)
    const log = new FakeLog()
    const views = createViews(() => {})
    log.append(
      Array.from({ length: 500 }, (_, i): FakeEvent => {
        return { producer: 0, n: i + 1, time: Math.round(random.next() * 300), type: random.pick(TYPES) }
      }),
    )
    const { view } = views.setView(log, {
      session: null,
      filter: { all: [{ any: [{ key: 'type', glob: 'row:*' }] }] },
    })
    while (views.busy) await nextTask()
    const shown = [...log.events].filter(([, event]) => event.type?.startsWith('row:'))
    for (let time = -5; time < 320; time += 3.7) {
      const distance = Math.min(...shown.map(([, event]) => Math.abs(event.time - time)))
      const found = log.events.get(views.nearest(view, time))
      expect(found?.type).toMatch(/^row:/)
      expect(Math.abs((found?.time ?? 0) - time)).toBeCloseTo(distance, 9)
    }
    expect(views.nearest(view + 1, 0)).toBe(-1)
    views.dispose()
  })
})

function check(found: Density, { from, to, buckets, groups, lanes, takes = [0] }: DensityRequest, log: FakeLog): void {
  const all = [...log.events.values()].filter(event => takes.includes(event.take ?? 0))
  const bucketOf = (time: number) =>
    to > from ? Math.min(buckets - 1, Math.floor((time - from) * (buckets / (to - from)))) : 0
  const counts = new Uint32Array(buckets * found.groups)
  const errors = new Uint32Array(buckets)
  const byType = new Uint32Array(log.types.length)
  const byLane = new Map<string, Uint32Array>()
  for (const event of all) {
    const id = log.types.indexOf(event.type as string)
    byType[id]! += 1
    if (event.time < from || event.time > to) continue
    const bucket = bucketOf(event.time)
    counts[bucket * found.groups + (groups[id] ?? found.groups - 1)]! += 1
    if (isErrorName(event.type as string) || (event.flags ?? 0) & Flag.threw) errors[bucket]! += 1
    const lane = lanes === 'source' ? (event.source as string) : `producer ${event.producer}`
    const row = byLane.get(lane) ?? new Uint32Array(buckets)
    row[bucket]! += 1
    byLane.set(lane, row)
  }
  expect(found.counts).toEqual(counts)
  expect(found.errors).toEqual(errors)
  expect(found.byType).toEqual(byType)
  expect(found.types).toEqual(log.types.slice(groups.length))
  const times = all.map(({ time }) => time)
  expect([found.first, found.last]).toEqual(times.length ? [Math.min(...times), Math.max(...times)] : [0, 0])
  if (lanes === 'none') expect(found.lanes).toEqual([])
  if (lanes === 'none') return
  const own = found.lanes.filter(({ others }) => others === 0)
  for (const { name, counts } of own) expect(counts).toEqual(byLane.get(name))
  expect(own.length).toBe(Math.min(12, byLane.size))
  const rest = found.lanes.find(({ others }) => others > 0)
  expect(rest?.others ?? 0).toBe(byLane.size - own.length)
  const sum = (rows: Iterable<Uint32Array>) => [...rows].reduce((total, row) => total + row.reduce((a, b) => a + b), 0)
  expect(sum(found.lanes.map(lane => lane.counts))).toBe(sum(byLane.values()))
}
