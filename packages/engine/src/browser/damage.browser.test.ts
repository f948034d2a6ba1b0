import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Row } from '../contract/view'
import { Engine } from '../engine'
import { statusOf } from '../testing/engine-scenarios'
import { FakePanel } from '../testing/fake-page'
import { testProducer } from '../testing/make-batch'
import { changeStored, deleteRaw, flip, openRaw } from '../testing/raw-database'
import { STORED_ID, storeLog } from '../testing/stored-log'
import { DATABASE_VERSION, MIGRATIONS } from './database'
import { browserHost } from './host'
import { IdbDisk } from './idb-disk'

const OPTIONS = { maxEvents: 100_000, textBudget: 1 << 20, persistent: true }
const CHUNK = [STORED_ID, 4096]
let database = ''
const engines: Engine[] = []

beforeEach(() => {
  database = `damage-${Math.random()}`
})
afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.dispose()
  await deleteRaw(database)
})

async function started(disk?: () => IdbDisk) {
  const engine = new Engine({ ...browserHost(), ...(disk && { disk }) })
  engines.push(engine)
  const panel = new FakePanel(engine)
  await engine.start({ ...OPTIONS, database })
  return { engine, panel }
}

const problemsOf = ({ notices }: FakePanel) =>
  notices.flatMap(notice => (notice.t === 'problem' ? [notice.message] : []))

/** What a panel shows of the stored session. */
async function shown() {
  const { engine, panel } = await started()
  const [info] = await engine.sessions.list()
  const { view } = await engine.view.show({ session: STORED_ID, filter: {} })
  const rows = async () => {
    const items: Row[] = []
    for (;;) {
      const page = (await engine.view.rows(view, items.length, 2000)).items
      if (page.length === 0) return items
      items.push(...page)
    }
  }
  const count = async (item: 'event' | 'gap') => (await rows()).filter(row => row.item === item).length
  return { engine, panel, info, rows, count }
}

describe('a session that was damaged on the disk', () => {
  const store = async (packed = false) => {
    const disk = new IdbDisk(database)
    const log = await storeLog(disk, { packed })
    disk.close()
    return log
  }
  const cut = (length: number) => (buffer: ArrayBuffer) => buffer.slice(0, length)
  const gone = () => undefined

  it.each([
    ['a flipped bit in a head', flip],
    ['a head of which half was written', cut(5000)],
    ['a head that is empty', cut(0)],
    ['a head that is something else', () => 'head'],
    ['a head that is not there', gone],
  ])('%s: its events are a gap, all others are there, and the panel says so', async (_, change) => {
    const { stored } = await store()
    await changeStored(database, 'heads', CHUNK, change)
    const { engine, panel, rows, count } = await shown()
    await expect.poll(() => count('event')).toBe(stored - 4096)
    const gaps = (await rows()).flatMap(row => (row.item === 'gap' ? [row.gap] : []))
    expect(gaps.filter(gap => gap.reason === 'corrupt').reduce((sum, gap) => sum + gap.count, 0)).toBe(4096)
    expect(problemsOf(panel)).toEqual([expect.stringContaining('Part of the session could not be read')])
    expect((await engine.read.detail(STORED_ID, 9000))?.payload).toContain('"n":')
  })

  it.each([
    ['a flipped bit in a body', false, flip],
    ['a body of which half was written', false, cut(5000)],
    ['a body that is not there', false, gone],
    ['a flipped bit in a compressed body', true, flip],
    ['a compressed body of which half was written', true, cut(5000)],
    ['a compressed body that is not there', true, gone],
  ])('%s: its events stay, without their payloads, and the panel says so', async (_, packed, change) => {
    const { stored } = await store(packed)
    await changeStored(database, 'bodies', CHUNK, change)
    const { engine, panel, count } = await shown()
    await expect.poll(() => count('event')).toBe(stored)
    expect((await engine.read.detail(STORED_ID, 4095))?.payload).toContain('"n":')
    expect(await engine.read.detail(STORED_ID, 5000)).toMatchObject({ type: expect.any(String) })
    expect((await engine.read.detail(STORED_ID, 9000))?.payload).toContain('"n":')
    expect(problemsOf(panel)).toEqual([expect.stringContaining('The payloads of 4096 events could not be read')])
  })

  it.each([
    ['head', (tail: { head: ArrayBuffer }) => ({ ...tail, head: flip(tail.head) })],
    ['body', (tail: { body: ArrayBuffer }) => ({ ...tail, body: flip(tail.body) })],
    ['record', () => 'tail'],
  ])('the %s of the open chunk: its events are a gap at the end', async (_, change) => {
    const { stored } = await store()
    await changeStored(database, 'tails', STORED_ID, change)
    const { panel, count } = await shown()
    await expect.poll(() => count('event')).toBe(stored - (stored % 4096))
    expect(problemsOf(panel)).toEqual([expect.stringContaining('the open chunk')])
  })

  it('a whole chunk that is not there: a gap', async () => {
    const { stored } = await store()
    await changeStored(database, 'heads', CHUNK, gone)
    await changeStored(database, 'bodies', CHUNK, gone)
    const { count } = await shown()
    await expect.poll(() => count('event')).toBe(stored - 4096)
    expect(await count('gap')).toBeGreaterThan(0)
  })

  it('a record of gaps: every event is there, and the holes are gaps without their reason', async () => {
    const log = await store()
    await changeStored(database, 'gaps', [STORED_ID, 0], () => ({ producer: testProducer(0), gaps: 'none' }))
    const { panel, rows, count } = await shown()
    await expect.poll(() => count('event')).toBe(log.stored)
    const gaps = (await rows()).flatMap(row => (row.item === 'gap' ? [row.gap] : []))
    expect(gaps.map(({ fromN, toN, reason }) => [fromN, toN, reason])).toEqual(
      log.gaps.map(({ fromN, toN }) => [fromN, toN, 'corrupt']),
    )
    expect(problemsOf(panel)).toEqual([expect.stringContaining('a record of missing events')])
  })

  it.each([
    ['something else', () => 7],
    ['without its fields', () => ({})],
    [
      'with wrong ones',
      (record: { info: object }) => ({ ...record, info: { ...record.info, producers: 5, name: null } }),
    ],
  ])('an entry in the catalogue, %s: the session is listed, and its events are there', async (_, change) => {
    const { stored } = await store()
    await changeStored(database, 'sessions', STORED_ID, change)
    const { panel, info, count } = await shown()
    expect(info).toMatchObject({ id: STORED_ID, name: '' })
    await expect.poll(() => count('event')).toBe(stored)
    expect(problemsOf(panel)).toEqual([expect.stringContaining('its entry in the catalogue')])
  })
})

describe('a database that an old panel holds open', () => {
  const newer = () =>
    new IdbDisk(database, DATABASE_VERSION + 1, [...MIGRATIONS, db => void db.createObjectStore('new' as never)])

  it('is waited for, in memory, with advice; then everything is stored', async () => {
    const disk = new IdbDisk(database)
    await storeLog(disk)
    disk.close()
    // An old tab that does not hear that somebody waits.
    const old = await openRaw(database)
    const { engine, panel } = await started(newer)
    expect((await statusOf(engine)).problem).toContain('close it, or reload it')
    const page = panel.page(testProducer(1))
    await page.open()
    await page.emit(500)
    expect(await statusOf(engine)).toMatchObject({ storage: 'degraded', events: 500 })
    expect((await engine.sessions.list()).map(({ events }) => events)).toEqual([500])
    old.close()
    await expect.poll(async () => (await statusOf(engine)).storage, { timeout: 10_000 }).toBe('persistent')
    expect((await engine.sessions.list()).map(({ events }) => events).sort()).toEqual([12_388, 500])
  })

  it('is let go of by an old Playhead that does hear: it goes on in memory and says why', async () => {
    const { engine: old, panel } = await started()
    const page = panel.page(testProducer(1))
    await page.open()
    await page.emit(3000)
    await old.sessions.flush()
    const { engine } = await started(newer)
    expect((await statusOf(engine)).problem).toBe('')
    expect((await engine.sessions.list()).map(({ events }) => events)).toEqual([3000])
    await page.emit(100)
    await old.sessions.flush()
    expect(await statusOf(old)).toMatchObject({ storage: 'degraded', events: 3100 })
    expect(problemsOf(panel).join()).toContain('made by a newer Playhead')
    expect((await old.sessions.list()).map(({ events }) => events)).toEqual([3100])
  })
})

describe('a database that is deleted while a session records', () => {
  it('is made anew, with all that is in memory of the session', async () => {
    const { engine, panel } = await started()
    const page = panel.page(testProducer(1))
    await page.open()
    for (let i = 0; i < 40; i++) await page.emit(256, { bytes: 50 })
    await engine.sessions.flush()
    await engine.sessions.begin(true)
    for (let i = 0; i < 40; i++) await page.emit(256, { bytes: 50 })
    await engine.sessions.flush()
    const { id } = (await statusOf(engine)).session!
    expect(await engine.sessions.list()).toHaveLength(2)
    await deleteRaw(database)
    await expect
      .poll(() => problemsOf(panel))
      .toEqual([expect.stringContaining('were deleted while Playhead was open')])
    await page.emit(100)
    await engine.sessions.flush()
    await expect.poll(async () => (await statusOf(engine)).persistedSeq, { timeout: 10_000 }).toBe(10_339)
    expect(await statusOf(engine)).toMatchObject({ storage: 'persistent', events: 10_340, missing: 0 })
    expect((await engine.sessions.list()).map(session => session.id)).toEqual([id])
    await engine.dispose()
    engines.length = 0
    const { engine: next, panel: nextPanel } = await started()
    expect((await next.view.show({ session: id, filter: {} })).matched).toBe(10_340)
    expect((await next.read.detail(id, 17))?.payload).toContain('"n":')
    expect(problemsOf(nextPanel)).toEqual([])
  })

  it('costs the payloads that were on the disk only, and says so', async () => {
    const { engine, panel } = await started()
    const page = panel.page(testProducer(1))
    await page.open()
    // More text than the engine keeps in memory.
    for (let i = 0; i < 40; i++) await page.emit(256, { bytes: 400 })
    await engine.sessions.flush()
    await deleteRaw(database)
    await page.emit(100)
    await engine.sessions.flush()
    await expect.poll(async () => (await statusOf(engine)).persistedSeq, { timeout: 10_000 }).toBe(10_339)
    const { id } = (await statusOf(engine)).session!
    expect(await engine.read.detail(id, 10_330)).toMatchObject({ payload: expect.stringContaining('"n":') })
    expect(await engine.read.detail(id, 17)).toMatchObject({ type: expect.any(String) })
    expect(problemsOf(panel).join()).toContain('The payloads of 4096 events could not be read')
  })
})
