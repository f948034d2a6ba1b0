import { artifactsOf } from '@playhead/shared/model/artifact'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { browserHost } from '../browser/host'
import { IdbDisk } from '../browser/idb-disk'
import { Engine } from '../engine'
import { statusOf } from '../testing/engine-scenarios'
import { type FakePage, FakePanel } from '../testing/fake-page'
import { sessionInfo, testProducer } from '../testing/make-batch'
import { changeStored, deleteRaw, flip, openRaw } from '../testing/raw-database'
import { sha256 } from './sha256'

const OPTIONS = { maxEvents: 100_000, textBudget: 1 << 20, persistent: true }
let database = ''
const engines: Engine[] = []

beforeEach(() => {
  database = `artifacts-${Math.random()}`
})
afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.dispose().catch(() => {})
  await deleteRaw(database)
})

async function started(options: Partial<typeof OPTIONS> = {}) {
  const engine = new Engine(browserHost())
  engines.push(engine)
  await engine.start({ ...OPTIONS, ...options, database })
  return { engine, panel: new FakePanel(engine) }
}

const bytesOf = (text: string) => new TextEncoder().encode(text).buffer
let last = 0

/** Sends an artifact as a recorder does, without its mark. */
async function sendTo(engine: Engine, page: FakePage, data: ArrayBuffer, rest: object = {}): Promise<string> {
  const ref = await sha256(data)
  const message = { t: 'artifact', id: ++last, ref, name: 'x', type: '', time: 1, afterN: 0, data, ...rest }
  await engine.links.receive(page.link.link, message)
  return ref
}

const keptBy = (page: FakePage) => page.received.filter(message => message.t === 'kept').length

async function stored(): Promise<{ bytes: string[]; references: number }> {
  const db = await openRaw(database)
  const keys = await new Promise<[string, string][]>((resolve, reject) => {
    const request = db.transaction('blobs').objectStore('blobs').getAllKeys()
    request.onsuccess = () => resolve(request.result as [string, string][])
    request.onerror = () => reject(request.error)
  })
  db.close()
  const bytes = keys.filter(([data]) => data === '').map(([, ref]) => ref)
  return { bytes, references: keys.length - bytes.length }
}

/** A session of its own in this engine, with an event in it. */
async function recording(engine: Engine, panel: FakePanel, producer = 1) {
  const page = panel.page(testProducer(producer), { tab: `tab-${producer}` })
  await page.open()
  await page.emit(1)
  await engine.sessions.flush()
  return { page, id: (await statusOf(engine)).session!.id }
}

describe('artifacts on the disk', () => {
  it('are stored once, whatever refers to them, and are there after a restart', async () => {
    const { engine, panel } = await started()
    const { page } = await recording(engine, panel)
    const ref = await sendTo(engine, page, bytesOf('report'))
    await sendTo(engine, page, bytesOf('report'), { name: 'again' })
    await expect.poll(() => keptBy(page)).toBe(2)
    expect(await stored()).toEqual({ bytes: [ref], references: 1 })
    await engine.dispose()
    const { engine: next } = await started()
    expect(await next.sessions.artifacts([ref, 'f'.repeat(64)])).toEqual([ref])
    expect(await next.sessions.artifact(ref)).toEqual(bytesOf('report'))
    expect(await next.sessions.artifact('f'.repeat(64))).toBeNull()
  })

  it('go with the last session that refers to them', async () => {
    const { engine, panel } = await started()
    const first = await recording(engine, panel, 1)
    const shared = await sendTo(engine, first.page, bytesOf('shared'))
    const own = await sendTo(engine, first.page, bytesOf('own'))
    await expect.poll(() => keptBy(first.page)).toBe(2)
    const second = await recording(engine, panel, 2)
    expect(second.id).not.toBe(first.id)
    await sendTo(engine, second.page, bytesOf('shared'))
    await expect.poll(() => keptBy(second.page)).toBe(1)
    expect((await stored()).bytes.sort()).toEqual([shared, own].sort())
    await engine.sessions.remove(first.id)
    expect(await stored()).toEqual({ bytes: [shared], references: 1 })
    // The one that records.
    await engine.sessions.remove(second.id)
    expect(await stored()).toEqual({ bytes: [], references: 0 })
  })

  it('go when everything goes', async () => {
    const { engine, panel } = await started()
    const { page } = await recording(engine, panel)
    await sendTo(engine, page, bytesOf('x'))
    await engine.sessions.wipe()
    expect(await stored()).toEqual({ bytes: [], references: 0 })
  })

  it('that are of no session are swept at the next start; those of a session that has just begun stay', async () => {
    const { engine, panel } = await started()
    const { page } = await recording(engine, panel)
    const kept = await sendTo(engine, page, bytesOf('kept'))
    await expect.poll(() => keptBy(page)).toBe(1)
    const disk = new IdbDisk(database)
    const stray = await sha256(bytesOf('stray'))
    await disk.putBlob('GONE', stray, bytesOf('stray'))
    await disk.putBlob('GONE', kept, bytesOf('kept'))
    // Of a session that records now, and is not in the catalogue yet.
    const beginning = await sha256(bytesOf('beginning'))
    await disk.putBlob('NEW', beginning, bytesOf('beginning'))
    let release = () => {}
    await new Promise<void>(held => {
      void navigator.locks.request('playhead:session:NEW', () => {
        held()
        return new Promise<void>(resolve => {
          release = resolve
        })
      })
    })
    await started()
    expect((await stored()).bytes.sort()).toEqual([kept, beginning].sort())
    release()
    disk.close()
  })

  it('are refused where they are not the bytes they name', async () => {
    const { engine, panel } = await started()
    const { page } = await recording(engine, panel)
    await sendTo(engine, page, bytesOf('forged'), { ref: await sha256(bytesOf('other')) })
    await expect.poll(async () => (await statusOf(engine)).rejected).toBe(1)
    expect(await stored()).toEqual({ bytes: [], references: 0 })
    await sendTo(engine, panel.page(testProducer(9)), bytesOf('nobody'))
    expect((await stored()).bytes).toEqual([])
  })

  it('get their mark from the engine where the page could not hash, once', async () => {
    const { engine, panel } = await started()
    const { page, id } = await recording(engine, panel)
    const given = { ref: '', name: 'report', type: 'text/plain', time: 5, afterN: 1 }
    const ref = await sendTo(engine, page, bytesOf('report'), given)
    await sendTo(engine, page, bytesOf('report'), given)
    await expect.poll(() => keptBy(page)).toBe(2)
    await engine.sessions.flush()
    const info = (await engine.sessions.list()).find(session => session.id === id)!
    expect(artifactsOf(info)).toMatchObject([{ name: 'report', ref, type: 'text/plain', bytes: 6 }])
    expect(info.marks.filter(({ kind }) => kind === 'artifact')).toMatchObject([
      { producer: testProducer(1), afterN: 1 },
    ])
  })

  it('that were damaged are no longer shown as what they were', async () => {
    const { engine, panel } = await started()
    const { page } = await recording(engine, panel)
    const ref = await sendTo(engine, page, bytesOf('report'))
    await expect.poll(() => keptBy(page)).toBe(1)
    await changeStored(database, 'blobs', ['', ref], value => flip(value))
    expect(await engine.sessions.artifact(ref)).toBeNull()
  })

  it('stay where an imported session refers to them', async () => {
    const { engine, panel } = await started()
    const { page, id } = await recording(engine, panel)
    const ref = await sendTo(engine, page, bytesOf('report'))
    await expect.poll(() => keptBy(page)).toBe(1)
    const disk = new IdbDisk(database)
    const data = JSON.stringify({ ref, type: '', bytes: 6 })
    const mark = { time: 0, kind: 'artifact' as const, name: 'x', producer: testProducer(1), afterN: 0, data }
    const info = { ...sessionInfo('IMPORTED'), marks: [mark], ended: true }
    await disk.beginImport('DATA')
    await disk.commitImport({ info, data: 'DATA', firstSeq: 0 })
    await engine.sessions.remove(id)
    expect(await stored()).toEqual({ bytes: [ref], references: 1 })
    await engine.sessions.remove('IMPORTED')
    expect(await stored()).toEqual({ bytes: [], references: 0 })
    disk.close()
  })

  it('find room up to a bound', async () => {
    const disk = new IdbDisk(database)
    for (let i = 0; i < 16; i++) expect(await disk.putBlob('A', `${i}`, new ArrayBuffer(16 << 20))).toBe(true)
    expect(await disk.putBlob('A', 'more', new ArrayBuffer(1))).toBe(false)
    expect(await disk.putBlob('A', '3', new ArrayBuffer(16 << 20))).toBe(true)
    expect(await disk.putBlob('B', 'more', new ArrayBuffer(1))).toBe(true)
    disk.close()
  })
})

describe('artifacts in memory', () => {
  it('are there while their session is, the latest of them', async () => {
    const { engine, panel } = await started({ persistent: false })
    const { page, id } = await recording(engine, panel)
    const refs: string[] = []
    for (let i = 0; i < 5; i++) {
      const ref = await sendTo(engine, page, new Uint8Array(16 << 20).fill(i).buffer)
      await expect.poll(() => engine.sessions.artifacts([ref])).toEqual([ref])
      refs.push(ref)
    }
    expect(await engine.sessions.artifacts(refs)).toEqual(refs.slice(1))
    expect(keptBy(page)).toBe(0)
    await engine.sessions.remove(id)
    expect(await engine.sessions.artifacts(refs)).toEqual([])
  })
})

describe('a page', () => {
  it('is told to let go of the bytes only when the session is on the disk', async () => {
    const { engine, panel } = await started()
    const page = panel.page(testProducer(1))
    await page.open()
    await page.emit(1)
    const ref = await sendTo(engine, page, bytesOf('report'))
    await expect.poll(() => keptBy(page)).toBe(1)
    // Another panel, as after a crash: the session is in the catalogue, its artifact is no stray.
    const disk = new IdbDisk(database)
    expect(await disk.sessions()).toHaveLength(1)
    expect(await disk.strayBlobs()).toEqual([])
    expect(await disk.blobRefs()).toEqual([ref])
    disk.close()
  })
})
