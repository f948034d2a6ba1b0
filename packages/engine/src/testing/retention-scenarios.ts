import { expect, it } from 'vitest'
import type { Retention } from '../contract/sessions'
import type { EngineStatus } from '../contract/status'
import { Engine } from '../engine'
import type { EngineHost } from '../host'
import { statusOf } from './engine-scenarios'
import { FakePanel } from './fake-page'
import { testProducer } from './make-batch'

const NONE = { events: 0, bytes: 0, age: 0 }

/** What is kept, and what goes: with a disk and without one the same, but for what only a disk can do. */
export function retentionScenarios(persistent: boolean, database: () => string, host: () => EngineHost): void {
  const keep: Retention['keep'] = persistent ? 'disk' : 'memory'
  const start = async (name = database()) => {
    const engine = new Engine(host())
    await engine.start({ maxEvents: 1e6, textBudget: 64 << 20, database: name, persistent })
    return { engine, panel: new FakePanel(engine), name }
  }
  /** Three sessions of 100 events each that ended, and an empty one that records. */
  const threeSessions = async () => {
    const { engine, panel, name } = await start()
    const page = panel.page(testProducer(1))
    await page.open()
    for (let i = 0; i < 3; i++) {
      await page.emit(100)
      await engine.sessions.flush()
      // Sessions of the same millisecond are of the same age.
      const { updated } = (await statusOf(engine)).session as NonNullable<EngineStatus['session']>
      await expect.poll(() => Date.now()).toBeGreaterThan(updated)
      await engine.sessions.begin(true)
    }
    const ids = (await engine.sessions.list()).map(session => session.id)
    expect(ids).toHaveLength(4)
    return { engine, page, name, live: ids[0], newest: ids[1], oldest: ids[3], all: ids }
  }
  const idsOf = async (engine: Engine) => (await engine.sessions.list()).map(session => session.id)

  it('bounds the session that records to the event', async () => {
    const { engine, panel } = await start()
    const page = panel.page(testProducer(1))
    await page.open()
    for (let i = 0; i < 30; i++) await page.emit(256)
    await engine.sessions.setRetention({ keep, session: { ...NONE, events: 5000 }, total: NONE })
    expect(await statusOf(engine)).toMatchObject({ events: 5000, missing: 7680 - 5000 })
    await page.emit(10)
    expect(await statusOf(engine)).toMatchObject({ events: 5000, missing: 7690 - 5000 })
    const { view } = await engine.view.show({ session: null, filter: {} })
    // A busy machine needs more than one slice.
    await expect.poll(async () => (await engine.view.seqs(view, 0, 10_000)).length).toBe(5000)
    const items = (await engine.view.rows(view, 0, 3)).items
    expect(items.flatMap(item => (item.item === 'event' ? [item.n] : []))).toEqual([2691, 2692])
  })

  it('holds no more text in memory than the user allows, from now on', async () => {
    const { engine, panel } = await start()
    const page = panel.page(testProducer(1))
    await page.open()
    for (let i = 0; i < 40; i++) await page.emit(256, { bytes: 200 })
    await engine.sessions.flush()
    const before = await statusOf(engine)
    expect(before.retention.textBudget).toBe(64 << 20)
    expect(before.textInMemory).toBeGreaterThan(40 * 256 * 200)
    const retention = { keep, session: NONE, total: NONE }
    await engine.sessions.setRetention({ ...retention, textBudget: 0 })
    const after = await statusOf(engine)
    expect(after).toMatchObject({ events: 40 * 256, missing: 0, retention: { ...retention, textBudget: 0 } })
    // With a disk only the open chunk stays; without one, the text goes when there is time to compress it.
    if (persistent) expect(after.textInMemory).toBeLessThan(4096 * 300)
    const { session } = after as { session: { id: string } }
    expect((await engine.read.detail(session.id, 7))?.payload).toContain('"n":8')
    // A change of something else leaves it.
    await engine.sessions.setRetention(retention)
    expect((await statusOf(engine)).retention.textBudget).toBe(0)
  })

  it('removes the oldest sessions, and says which is next', async () => {
    const { engine, all, oldest, newest, live } = await threeSessions()
    await engine.sessions.setRetention({ keep, session: NONE, total: { ...NONE, events: 250 } })
    expect(await idsOf(engine)).toEqual(all.slice(0, 3))
    expect(await statusOf(engine)).toMatchObject({ kept: { sessions: 3, events: 200 }, next: { what: 'session' } })
    expect(await engine.read.detail(oldest as string, 0)).toBeNull()
    await engine.sessions.setRetention({ keep, session: NONE, total: { ...NONE, events: 1 } })
    expect(await idsOf(engine)).toEqual([live])
    expect(await engine.read.detail(newest as string, 0)).toBeNull()
  })

  it('lets a pinned session be, and the one that is shown', async () => {
    const { engine, all, oldest, newest, live } = await threeSessions()
    await engine.sessions.annotate(oldest as string, { pinned: true, tags: ['bug 17'], note: 'the slow one' })
    await engine.view.show({ session: newest as string, filter: {} })
    await engine.sessions.setRetention({ keep, session: NONE, total: { ...NONE, events: 1 } })
    expect(await idsOf(engine)).toEqual([live, newest, oldest])
    expect(all).toHaveLength(4)
    expect((await engine.sessions.list()).at(-1)).toMatchObject({
      pinned: true,
      tags: ['bug 17'],
      note: 'the slow one',
    })
  })

  it('keeps every bookmark, however fast they are set', async () => {
    const { engine, oldest } = await threeSessions()
    const id = (n: number) => `${testProducer(1)}-${n}`
    await Promise.all([1, 2, 3, 1, 4].map(n => engine.sessions.annotate(oldest as string, { bookmark: id(n) })))
    expect((await engine.sessions.list()).at(-1)?.bookmarks).toEqual([2, 3, 4].map(id))
  })

  it('keeps nothing where nothing is to be kept', async () => {
    const { engine, panel } = await start()
    await engine.sessions.setRetention({ keep: 'none', session: NONE, total: NONE })
    const page = panel.page(testProducer(1))
    await page.open()
    await page.emit(100)
    expect(await statusOf(engine)).toMatchObject({ events: 100, storage: 'memory' })
    await engine.sessions.begin(true)
    expect(await engine.sessions.list()).toHaveLength(1)
    expect(await statusOf(engine)).toMatchObject({ events: 0 })
  })
}
