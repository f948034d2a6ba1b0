import { describe, expect, it } from 'vitest'
import { browserHost } from './browser/host'
import { IdbDisk } from './browser/idb-disk'
import { Engine } from './engine'
import type { Disk, SessionWrite } from './storage/disk'
import { engineScenarios, statusOf } from './testing/engine-scenarios'
import { FakePanel } from './testing/fake-page'
import { testProducer } from './testing/make-batch'
import { retentionScenarios } from './testing/retention-scenarios'

let count = 0
const run = Math.random()
const name = () => `engine-${run}-${count++}`
const OPTIONS = { maxEvents: 100_000, textBudget: 1 << 20, persistent: true }

describe('an engine with a disk', () => {
  engineScenarios(true, name, browserHost)

  it('whose panel is gone hands its session to the next one', async () => {
    const database = name()
    const first = new Engine(browserHost())
    await first.start({ ...OPTIONS, database })
    const page = new FakePanel(first).page(testProducer(1))
    await page.open()
    for (let i = 0; i < 40; i++) await page.emit(256, { bytes: 200 })
    await first.sessions.flush()
    const { id } = (await statusOf(first)).session!
    // Another panel cannot have it while the first one lives.
    const rival = new Engine(browserHost())
    await rival.start({ ...OPTIONS, database })
    const other = new FakePanel(rival).page(testProducer(1))
    other.emitted = page.emitted
    expect((await other.open())?.session).not.toBe(id)
    await rival.sessions.begin(false)
    await first.dispose()
    const second = new Engine(browserHost())
    await second.start({ ...OPTIONS, database })
    const again = new FakePanel(second).page(testProducer(1))
    again.emitted = page.emitted
    expect(await again.open()).toMatchObject({ session: id, accepted: 10_240, persisted: 10_240 })
    await again.emit(10)
    expect((await statusOf(second)).session).toMatchObject({ id, events: 10_250, missing: 0, recovered: false })
  })

  it('begins anew when another panel deletes everything', async () => {
    const database = name()
    const [one, two] = [new Engine(browserHost()), new Engine(browserHost())]
    await one.start({ ...OPTIONS, database })
    await two.start({ ...OPTIONS, database })
    const page = new FakePanel(one).page(testProducer(1))
    await page.open()
    await page.emit(3000)
    await one.sessions.flush()
    const { id } = (await statusOf(one)).session!
    await two.sessions.remove(id)
    expect((await two.sessions.list()).map(session => session.id)).toEqual([id])
    await two.sessions.wipe()
    await expect.poll(async () => (await statusOf(one)).session?.id).not.toBe(id)
    await page.emit(10)
    await one.sessions.flush()
    expect(await two.sessions.list()).toMatchObject([{ events: 10, missing: 0 }])
    await one.dispose()
    await two.dispose()
  })

  it('stores both sessions in the end when the disk refused while a new one began', async () => {
    const database = name()
    let refuses = true
    const disk = new IdbDisk(database)
    const failing: Disk = Object.assign(Object.create(disk), {
      write: (change: SessionWrite) => (refuses ? Promise.reject(new Error('full')) : disk.write(change)),
    })
    const engine = new Engine({ ...browserHost(), disk: () => failing })
    await engine.start({ ...OPTIONS, database })
    const page = new FakePanel(engine).page(testProducer(1))
    await page.open()
    await page.emit(100)
    const old = (await statusOf(engine)).session!.id
    await engine.sessions.begin(true)
    await page.emit(20)
    expect((await statusOf(engine)).storage).toBe('degraded')
    expect(await disk.sessions()).toEqual([])
    const { view } = await engine.view.show({ session: old, filter: {} })
    await expect.poll(async () => (await engine.view.rows(view, 0, 500)).items.length).toBe(100)
    refuses = false
    await expect
      .poll(async () => (await disk.sessions()).map(({ info }) => info.events).sort(), { timeout: 10_000 })
      .toEqual([100, 20])
    await expect.poll(async () => (await statusOf(engine)).storage).toBe('persistent')
    await engine.dispose()
  })

  it('that cannot open its database records in memory and says so', async () => {
    const engine = new Engine({
      ...browserHost(),
      disk: () => new Proxy({} as never, { get: () => () => Promise.reject(new Error('no disk')) }),
    })
    await engine.start({ ...OPTIONS, database: name() })
    const panel = new FakePanel(engine)
    const page = panel.page(testProducer(1))
    await page.open()
    await page.emit(500)
    await engine.sessions.flush()
    expect(await statusOf(engine)).toMatchObject({ storage: 'degraded', events: 500, persistedSeq: -1 })
    expect((await statusOf(engine)).problem).toContain('no disk')
    const { view } = await engine.view.show({ session: null, filter: {} })
    await expect.poll(async () => (await engine.view.rows(view, 0, 10)).items.length).toBe(10)
    await expect.poll(() => page.last('ack')).toMatchObject({ accepted: 500, persisted: 0 })
  })
})

describe('what an engine with a disk keeps', () => {
  retentionScenarios(true, name, browserHost)

  it('goes from memory to the disk and back with a new session, and shows both', async () => {
    const database = name()
    const engine = new Engine(browserHost())
    await engine.start({ ...OPTIONS, database })
    const none = { events: 0, bytes: 0, age: 0 }
    await engine.sessions.setRetention({ keep: 'memory', session: none, total: none })
    const page = new FakePanel(engine).page(testProducer(1))
    await page.open()
    await page.emit(30)
    await engine.sessions.setRetention({ keep: 'disk', session: none, total: none })
    await page.emit(20)
    await engine.sessions.flush()
    expect((await engine.sessions.list()).map(session => session.events)).toEqual([20, 30])
    await engine.dispose()
    const next = new Engine(browserHost())
    await next.start({ ...OPTIONS, database })
    expect((await next.sessions.list()).map(session => session.events)).toEqual([20])
    await next.dispose()
  })
})
