import { expect, it } from 'vitest'
import type { EngineStatus } from '../contract/status'
import { Engine } from '../engine'
import type { EngineHost } from '../host'
import { FakePanel } from './fake-page'
import { testProducer } from './make-batch'

const OPTIONS = { maxEvents: 100_000, textBudget: 64 << 20 }
const A = testProducer(1)
const B = testProducer(2)
const C = testProducer(3)

/** What an engine does for its pages, with a disk and without one: the same. */
export function engineScenarios(persistent: boolean, database: () => string, host: () => EngineHost): void {
  const start = async () => {
    const engine = new Engine(host())
    const status = await engine.start({ ...OPTIONS, database: database(), persistent })
    expect(status.session).toBeNull()
    return { engine, panel: new FakePanel(engine) }
  }
  const sessionOf = async (engine: Engine) => (await statusOf(engine)).session!
  const gapsOf = async (engine: Engine) => {
    const { view, gaps, matched } = await engine.view.show({ session: null, filter: {} })
    await expect
      .poll(async () => (await engine.view.rows(view, 0, matched + gaps + 50)).items.length)
      .toBeGreaterThan(0)
    const { items } = await engine.view.rows(view, 0, 100_000)
    return items.flatMap(item => (item.item === 'gap' ? [`${item.gap.reason} ${item.gap.fromN}–${item.gap.toN}`] : []))
  }

  it('welcomes a recorder, takes its events in and acknowledges them', async () => {
    const { engine, panel } = await start()
    const page = panel.page(A)
    const welcome = await page.open({ emitted: 0 })
    expect(welcome).toMatchObject({ accepted: 0, persisted: 0, recording: true })
    for (let i = 0; i < 20; i++) await page.emit(256, { bytes: 100 })
    await engine.sessions.flush()
    await expect.poll(() => page.last('ack')).toEqual({ t: 'ack', accepted: 5120, persisted: 5120 })
    const status = await statusOf(engine)
    expect(status).toMatchObject({ events: 5120, missing: 0, lastSeq: 5119, persistedSeq: 5119, rejected: 0 })
    expect(status.storage).toBe(persistent ? 'persistent' : 'memory')
    expect(status.links).toEqual([
      {
        ...{ link: 1, producer: A, name: 'orders', title: 'Orders', frame: 'top' },
        ...{ url: 'http://localhost/', origin: 'http://localhost' },
      },
    ])
    const view = await engine.view.show({
      session: null,
      filter: { all: [{ any: [{ key: 'text', text: '"n":77,' }] }] },
    })
    await expect
      .poll(async () => (await engine.view.rows(view.view, 0, 10)).items)
      .toMatchObject([{ item: 'event', n: 77 }])
  })

  it('sums its text up for searches, and compresses it, once nothing happens', async () => {
    const { engine, panel } = await start()
    const page = panel.page(A)
    await page.open({ emitted: 0 })
    const { view } = await engine.view.show({ session: null, filter: {} })
    for (let i = 0; i < 40; i++) await page.emit(256, { bytes: 100 })
    await engine.sessions.flush()
    // Without a disk, text within the budget stays as it is.
    if (!persistent) await engine.sessions.setRetention({ ...(await statusOf(engine)).retention, textBudget: 0 })
    const told = () => panel.last('status')?.status
    await expect.poll(told, { timeout: 20_000 }).toMatchObject({ indexedChunks: 2, indexableChunks: 2 })
    await expect.poll(() => told()?.compressedChunks, { timeout: 20_000 }).toBe(2)
    expect((await engine.view.rows(view, 0, 1)).items).toMatchObject([{ n: 1 }])
  })

  it('resumes a recorder on a new link without loss or doubles', async () => {
    const { engine, panel } = await start()
    const page = panel.page(A)
    await page.open()
    await page.emit(300)
    await page.send({ firstN: 401, count: 100 })
    await page.close()
    const again = panel.page(A)
    again.emitted = 500
    // 301–400 were lost on the way; the page still has everything.
    expect(await again.open()).toMatchObject({ accepted: 300 })
    await again.send({ firstN: 301, count: 200 })
    expect(await statusOf(engine)).toMatchObject({ events: 500, missing: 0 })
    expect((await sessionOf(engine)).producers).toMatchObject([{ id: A, base: 0, emitted: 500 }])
  })

  it('counts what was announced and never came, until it does', async () => {
    const { engine, panel } = await start()
    const page = panel.page(A)
    await page.open()
    await page.send({ firstN: 1, count: 10, emitted: 25 })
    expect(await statusOf(engine)).toMatchObject({ events: 10, missing: 0 })
    await page.close()
    expect(await statusOf(engine)).toMatchObject({ events: 10, missing: 15 })
    const again = panel.page(A)
    expect(await again.open({ emitted: 30, oldest: 1 })).toMatchObject({ accepted: 10 })
    await again.send({ firstN: 11, count: 20 })
    expect(await statusOf(engine)).toMatchObject({ events: 30, missing: 0 })
  })

  it('goes on with the next page of the tab and origin, with a mark, and counts what the last one lost', async () => {
    const { engine, panel } = await start()
    const first = panel.page(A)
    await first.open()
    await first.emit(100)
    const { id } = await sessionOf(engine)
    await first.close()
    const second = panel.page(B)
    const timeOrigin = 1_700_000_060_000
    await second.open({ timeOrigin, wall: timeOrigin + 5, now: 5, previous: { producer: A, emitted: 120, sent: 0 } })
    await second.emit(50, { time: 10 })
    const session = await sessionOf(engine)
    expect(session.id).toBe(id)
    expect(session.marks).toMatchObject([{ kind: 'navigation', producer: B, time: 60_000 }])
    expect(session.producers).toMatchObject([
      { id: A, emitted: 120 },
      { id: B, offset: 60_000, emitted: 50 },
    ])
    expect(await gapsOf(engine)).toEqual(['unload 101–120'])
    const detail = await engine.read.detail(id, 100)
    expect(detail).toMatchObject({ n: 1, time: 60_010, payload: '{"n":1}', wall: 1_700_000_060_010 })
  })

  it('counts the events of a page nobody ever listened to', async () => {
    const { engine, panel } = await start()
    const page = panel.page(B)
    await page.open({ previous: { producer: A, emitted: 40, sent: 0 } })
    await page.emit(1)
    expect(await statusOf(engine)).toMatchObject({ events: 1, missing: 40 })
  })

  it('records frames together with their page, and another origin apart', async () => {
    const { engine, panel } = await start()
    const top = panel.page(A)
    const frame = panel.page(B, { frame: 'frame', origin: 'http://other' })
    await top.open()
    await frame.open()
    await top.emit(10)
    await frame.emit(20)
    const { id, producers } = await sessionOf(engine)
    expect(producers.map(producer => producer.context)).toEqual(['top', 'frame'])
    expect(await statusOf(engine)).toMatchObject({ events: 30 })
    const elsewhere = panel.page(C, { origin: 'http://elsewhere' })
    await elsewhere.open()
    await elsewhere.emit(5)
    const now = await sessionOf(engine)
    expect(now.id).not.toBe(id)
    expect(await statusOf(engine)).toMatchObject({ events: 5 })
    const sessions = await engine.sessions.list()
    expect(sessions.find(session => session.id === id)).toMatchObject({ ended: true, events: 30, recovered: false })
    // Back from the cache: the first page goes on in its session.
    const back = panel.page(A)
    back.emitted = 10
    expect(await back.open()).toMatchObject({ session: id, accepted: 10 })
  })

  it('drops and counts what is malformed', async () => {
    const { engine, panel } = await start()
    const page = panel.page(A)
    await page.open()
    for (const bad of [
      null,
      5,
      {},
      { t: 'batch' },
      { t: 'batch', data: new ArrayBuffer(40) },
      { t: 'hello', wire: 1 },
    ]) {
      await engine.links.receive(1, bad)
    }
    await engine.links.receive(99, page.hello())
    await page.emit(3)
    expect(await statusOf(engine)).toMatchObject({ rejected: 6, events: 3 })
  })

  it('starts an empty session on demand, in which the producers go on', async () => {
    const { engine, panel } = await start()
    const page = panel.page(A)
    await page.open({ states: ['grid'] })
    await page.emit(100)
    const old = (await sessionOf(engine)).id
    await engine.sessions.begin(true)
    await page.emit(7)
    const session = await sessionOf(engine)
    expect(session.id).not.toBe(old)
    expect(session.producers).toMatchObject([{ id: A, base: 100, emitted: 107 }])
    expect(await statusOf(engine)).toMatchObject({ events: 7, missing: 0 })
    expect(page.last('keyframe')).toBeDefined()
    expect((await engine.sessions.list()).map(({ id, events, ended }) => ({ id, events, ended }))).toEqual(
      expect.arrayContaining([
        { id: old, events: 100, ended: true },
        { id: session.id, events: 7, ended: false },
      ]),
    )
    // An older session can be looked at while the new one records.
    const { view } = await engine.view.show({ session: old, filter: {} })
    await expect.poll(async () => (await engine.view.rows(view, 0, 500)).items.length).toBe(100)
    await engine.sessions.begin(false)
    expect((await engine.sessions.list()).map(({ id }) => id)).not.toContain(session.id)
    await engine.sessions.rename(old, 'Before')
    expect(await engine.sessions.list()).toMatchObject([{}, { id: old, name: 'Before' }])
    await page.emit(3)
    await engine.sessions.wipe()
    await page.emit(2)
    expect(await engine.sessions.list()).toMatchObject([{ events: 2 }])
    expect((await engine.sessions.list()).length).toBe(1)
  })

  it('tells the pages when recording pauses', async () => {
    const { engine, panel } = await start()
    const page = panel.page(A)
    await page.open()
    await engine.sessions.setRecording(false)
    expect(page.last('configure')).toEqual({ t: 'configure', recording: false, level: null })
    const frame = panel.page(B, { frame: 'frame' })
    expect(await frame.open()).toMatchObject({ recording: false })
    const gaps = [{ producer: A, fromN: 1, toN: 9, reason: 'paused' as const, count: 9, from: 1, to: 2 }]
    await page.send({ count: 0, emitted: 9, rest: { gaps } })
    expect(await statusOf(engine)).toMatchObject({ recording: false, events: 0, missing: 9 })
  })

  it('never holds more than its capacity', async () => {
    const { engine, panel } = await start()
    const page = panel.page(A)
    await page.open()
    for (let i = 0; i < 450; i++) await page.emit(256)
    const status = await statusOf(engine)
    expect(status).toMatchObject({ events: 100_000, missing: 450 * 256 - 100_000 })
    expect(await gapsOf(engine)).toEqual([`evicted 1–${450 * 256 - 100_000}`])
  })
}

export function statusOf(engine: Engine): Promise<EngineStatus> {
  return engine.status()
}
