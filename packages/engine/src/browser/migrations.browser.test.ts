import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Engine } from '../engine'
import { loadSession } from '../storage/load-session'
import { type DatabaseDump, writeDump } from '../testing/database-dump'
import { statusOf } from '../testing/engine-scenarios'
import { FakePanel } from '../testing/fake-page'
import { pictureOf } from '../testing/log-picture'
import { testProducer } from '../testing/make-batch'
import { digestOf } from '../testing/picture-digest'
import { deleteRaw, openRaw } from '../testing/raw-database'
import { DATABASE_VERSION, MIGRATIONS } from './database'
import { browserHost } from './host'
import { IdbDisk } from './idb-disk'

/** Every version that was ever released, recorded in a real panel by `test/fixtures/database/make.ts`. */
const VERSIONS = Array.from({ length: DATABASE_VERSION }, (_, i) => i + 1)
const OPTIONS = { maxEvents: 100_000, textBudget: 1 << 20, persistent: true }
let database = ''

beforeEach(() => {
  database = `migrations-${Math.random()}`
})
afterEach(() => deleteRaw(database))

async function fixture<T = DatabaseDump>(name: string): Promise<T> {
  const response = await fetch(new URL(`../../../../test/fixtures/database/${name}.json`, import.meta.url))
  return (await response.json()) as T
}

async function pictures(disk: IdbDisk): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {}
  for (const record of await disk.sessions()) {
    const limits = { maxEvents: Number.POSITIVE_INFINITY, textBudget: 1 << 20 }
    const { log, damage } = await loadSession(disk, record, limits, message => expect.unreachable(message))
    expect(damage).toEqual([])
    found[record.info.id] = await digestOf(await pictureOf(log))
  }
  return found
}

describe.each(VERSIONS)('a database of version %i', version => {
  it('opens, and is what was recorded', async () => {
    const dump = await fixture(`v${version}`)
    expect(dump.version).toBe(version)
    await writeDump(database, dump)
    const disk = new IdbDisk(database)
    expect(await pictures(disk)).toEqual(await fixture(`v${version}.expected`))
    disk.close()
    const db = await openRaw(database)
    expect(db.version).toBe(DATABASE_VERSION)
    db.close()
  })

  it('goes through every further step, one at a time, and keeps what it has', async () => {
    await writeDump(database, await fixture(`v${version}`))
    const steps: number[] = []
    const more = [1, 2].map(step => (db: Parameters<(typeof MIGRATIONS)[number]>[0]) => {
      steps.push(step)
      db.createObjectStore(`new ${step}` as never)
    })
    const disk = new IdbDisk(database, DATABASE_VERSION + 2, [...MIGRATIONS, ...more])
    expect(await pictures(disk)).toEqual(await fixture(`v${version}.expected`))
    expect(steps).toEqual([1, 2])
    disk.close()
  })

  it('is left as it was by a step that fails; what is recorded then stays in memory', async () => {
    const dump = await fixture(`v${version}`)
    await writeDump(database, dump)
    const broken = () => {
      throw new Error('the step failed')
    }
    const engine = new Engine({
      ...browserHost(),
      disk: name => new IdbDisk(name, DATABASE_VERSION + 1, [...MIGRATIONS, broken]),
    })
    await engine.start({ ...OPTIONS, database })
    const page = new FakePanel(engine).page(testProducer(1))
    await page.open()
    await page.emit(100)
    expect(await statusOf(engine)).toMatchObject({ storage: 'degraded', events: 100 })
    expect((await statusOf(engine)).problem).toContain('were left as they were: the step failed')
    await engine.dispose()
    const disk = new IdbDisk(database)
    expect(await pictures(disk)).toEqual(await fixture(`v${version}.expected`))
    disk.close()
  })
})

describe('a database from the future', () => {
  it('is refused with advice and left as it was; recording goes on in memory', async () => {
    const dump = await fixture('v1')
    await writeDump(database, { ...dump, version: 99 })
    const engine = new Engine(browserHost())
    const panel = new FakePanel(engine)
    await engine.start({ ...OPTIONS, database })
    const page = panel.page(testProducer(1))
    await page.open()
    await page.emit(1000)
    await engine.sessions.flush()
    const status = await statusOf(engine)
    expect(status).toMatchObject({ storage: 'degraded', events: 1000, persistedSeq: -1 })
    expect(status.problem).toContain('made by a newer Playhead: update this one')
    expect((await engine.sessions.list()).map(({ events }) => events)).toEqual([1000])
    expect((await engine.view.show({ session: null, filter: {} })).matched).toBe(1000)
    await engine.dispose()
    const db = await openRaw(database)
    expect(db.version).toBe(99)
    const heads = await new Promise(resolve => {
      const request = db.transaction('heads').objectStore('heads').count()
      request.onsuccess = () => resolve(request.result)
    })
    expect(heads).toBe(dump.stores.heads?.length)
    db.close()
  })
})
