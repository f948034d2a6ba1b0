import { parseFilter } from '@playhead/shared/filter/parse'
import { Flag } from '@playhead/shared/model/event'
import { eventId } from '@playhead/shared/model/id'
import { describe, expect, it } from 'vitest'
import { FakeLog } from '../../testing/fake-log'
import { gapOf } from '../../testing/gaps'
import { testProducer } from '../../testing/make-batch'
import { createViews } from '../../testing/views'
import { items, picture, watcher } from '../../testing/watched-views'

it('of a tree takes in events whose cause came late', async () => {
  const { seen, until } = watcher()
  const views = createViews(seen)
  const log = new FakeLog({ chunkRows: 4 })
  log.append([
    { producer: 0, n: 1, time: 1 },
    { producer: 0, n: 3, time: 3, causeN: 2 },
    { producer: 0, n: 4, time: 4, causeN: 3 },
  ])
  seen(views.setView(log, { session: null, filter: parseFilter('chain:#0').filter }))
  const { view } = await until(({ done, matched }) => done && matched === 1)
  log.append([{ producer: 0, n: 2, time: 2, causeN: 1 }])
  await until(({ done, matched }) => done && matched === 4)
  expect(picture(await items(views, view))).toBe('a1 a2 a3 a4')
})

it('of what an event caused knows it by our id, whatever id it brought along', async () => {
  const { seen, until } = watcher()
  const views = createViews(seen)
  const log = new FakeLog()
  log.append([
    { producer: 0, n: 1, time: 1, foreignId: 'order-1' },
    { producer: 1, n: 1, time: 2, causeKind: 2, moreCauses: [{ id: eventId(testProducer(0), 1), kind: 2 }] },
    { producer: 1, n: 2, time: 3 },
  ])
  seen(views.setView(log, { session: null, filter: parseFilter('cause:#0').filter }))
  const { view } = await until(({ done }) => done)
  expect(picture(await items(views, view))).toBe('b1')
})

it('takes out evicted events that stand behind later ones', async () => {
  const log = new FakeLog({ chunkRows: 4 })
  log.append([5, 1, 9, 2, 3, 4, 6, 7].map((time, i) => ({ producer: 0, n: i + 1, time })))
  const { seen, until } = watcher()
  const views = createViews(seen)
  seen(views.setView(log, { session: null, filter: {} }))
  const { view } = await until(({ done }) => done)
  log.evict(3)
  expect(picture(await items(views, view))).toBe('a4 a5 a6 a7 a8')
  log.evict(6)
  expect(picture(await items(views, view))).toBe('a7 a8')
  expect(views.locate(view, 5)).toBe(-1)
})

it('shows an event once a late fact makes it match', async () => {
  const { seen, until } = watcher()
  const views = createViews(seen)
  const log = new FakeLog({ chunkRows: 2 })
  log.append([1, 2, 3, 4, 5].map(n => ({ producer: 0, n, time: n })))
  const { view, version } = views.setView(log, { session: null, filter: parseFilter('is:threw').filter })
  log.addFlags(3, Flag.threw)
  log.addFlags(1, Flag.threw)
  await until(status => status.done && status.matched === 2 && status.version > version)
  expect(picture(await items(views, view))).toBe('a2 a4')
})

describe('gaps', () => {
  const log = () => {
    const made = new FakeLog({ chunkRows: 4 })
    made.append([
      { producer: 0, n: 1, time: 10 },
      { producer: 0, n: 2, time: 20, type: 'sort' },
      { producer: 1, n: 1, time: 20 },
      { producer: 0, n: 7, time: 20 },
      { producer: 1, n: 4, time: 30, type: 'sort' },
      { producer: 0, n: 8, time: 40 },
    ])
    made.setGaps([
      gapOf(1, 2, 3, 20, 30),
      gapOf(0, 3, 6, 20, 20),
      gapOf(0, 9, 12, 40, 40),
      gapOf(7, 1, 5, Number.NaN, 15),
    ])
    return made
  }

  it('stand right after the last event before them', async () => {
    const { seen, until } = watcher()
    const views = createViews(seen)
    seen(views.setView(log(), { session: null, filter: {} }))
    const status = await until(({ done }) => done)
    const rows = await items(views, status.view)
    expect(picture(rows)).toBe('a1 (?1-5) a2 (a3-6) a7 b1 (b2-3) b4 a8 (a9-12)')
    expect(status).toMatchObject({ matched: 6, gaps: 4, firstTime: 10, lastTime: 40 })
    for (const [index, row] of rows.entries()) {
      if (row.item === 'event') expect(views.locate(status.view, row.seq)).toBe(index)
      expect(picture((await views.rows(status.view, index, 1)).items)).toBe(picture([row]))
    }
  })

  it('stay when a type filters events away, go when their time is out of range', async () => {
    const { seen, until } = watcher()
    const views = createViews(seen)
    const typed = views.setView(log(), { session: null, filter: parseFilter('type:sort').filter })
    seen(typed)
    await until(({ done, view }) => done && view === typed.view)
    expect(picture(await items(views, typed.view))).toBe('(?1-5) a2 (a3-6) (b2-3) b4 (a9-12)')
    const timed = views.setView(log(), { session: null, filter: parseFilter('after:21ms before:39ms').filter })
    seen(timed)
    await until(({ done, view }) => done && view === timed.view)
    expect(picture(await items(views, timed.view))).toBe('(b2-3) b4')
  })

  it('move with events that arrive before them', async () => {
    const { seen, until } = watcher()
    const views = createViews(seen)
    const made = log()
    const { view } = views.setView(made, { session: null, filter: {} })
    made.append([
      { producer: 0, n: 4, time: 20 },
      { producer: 0, n: 13, time: 50 },
    ])
    made.setGaps([gapOf(0, 3, 3, 20, 20), gapOf(0, 5, 6, 20, 20), gapOf(0, 9, 12, 40, 50)])
    await until(({ matched, gaps }) => matched === 8 && gaps === 3)
    expect(picture(await items(views, view))).toBe('a1 a2 (a3-3) a4 (a5-6) a7 b1 b4 a8 (a9-12) a13')
  })
})

describe('a replaced view', () => {
  it('reports nothing more and answers with version -1', async () => {
    const log = new FakeLog({ chunkRows: 8, cold: true })
    log.append(Array.from({ length: 100 }, (_, i) => ({ producer: 0, n: i + 1, time: i, payload: `{"i":${i}}` })))
    const { seen, until } = watcher()
    const numbers = new Set<number>()
    const views = createViews(status => {
      numbers.add(status.view)
      seen(status)
    })
    const first = views.setView(log, { session: null, filter: parseFilter('"\\"i\\":1"').filter })
    expect(first.done).toBe(false)
    const second = views.setView(log, { session: null, filter: parseFilter('"\\"i\\":2"').filter })
    expect((await until(({ done }) => done)).view).toBe(second.view)
    expect([...numbers]).toEqual([second.view])
    expect(await views.rows(first.view, 0, 10)).toMatchObject({ version: -1, items: [] })
    expect(views.locate(first.view, 1)).toBe(-1)
  })

  it('keeps its number when it follows another session', async () => {
    const views = createViews(() => {})
    const empty = views.setView(null, { session: null, filter: parseFilter('type:sort').filter })
    expect(empty).toMatchObject({ session: null, matched: 0, done: true })
    expect((await views.rows(empty.view, 0, 10)).items).toEqual([])
    const log = new FakeLog()
    log.append([
      { producer: 0, n: 1, time: 0 },
      { producer: 0, n: 2, time: 0, type: 'sort' },
    ])
    const followed = views.follow(log)
    expect(followed).toMatchObject({ view: empty.view, session: log.session.id, matched: 1 })
    expect(followed.version).toBeGreaterThan(empty.version)
    expect(picture(await items(views, empty.view))).toBe('a2')
  })
})

it('says what it has found while it waits for text', async () => {
  const log = new FakeLog({ chunkRows: 8, cold: true })
  log.append(Array.from({ length: 80 }, (_, i) => ({ producer: 0, n: i + 1, time: i, payload: '"x"' })))
  const told: { matched: number; done: boolean }[] = []
  const { seen, until } = watcher()
  const views = createViews(status => {
    told.push(status)
    seen(status)
  })
  seen(views.setView(log, { session: null, filter: parseFilter('x').filter }))
  await until(({ done }) => done)
  expect(told[0]?.done).toBe(false)
  expect(told[0]?.matched).toBeGreaterThan(0)
  expect(told.at(-1)).toMatchObject({ matched: 80, done: true })
})

it('finds the newest first', async () => {
  const log = new FakeLog({ chunkRows: 8, cold: true })
  log.append(Array.from({ length: 64 }, (_, i) => ({ producer: 0, n: i + 1, time: i, payload: '"x"' })))
  const { seen, until } = watcher()
  const views = createViews(seen)
  seen(views.setView(log, { session: null, filter: parseFilter('x').filter }))
  await until(({ done }) => done)
  expect(log.loads).toEqual([56, 48, 40, 32, 24, 16, 8, 0])
})
