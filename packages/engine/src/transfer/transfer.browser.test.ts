import { eventId } from '@playhead/shared/model/id'
import { openDB } from 'idb'
import { afterEach, describe, expect, it } from 'vitest'
import { browserHost } from '../browser/host'
import type { ExportFormat } from '../contract/transfer'
import { statusOf } from '../testing/engine-scenarios'
import { FakePanel } from '../testing/fake-page'
import { testProducer } from '../testing/make-batch'
import { recordings } from '../testing/recordings'
import { FILE_PRODUCER, FILE_SESSION, smallFile } from '../testing/small-file'
import { exported, FORMATS, property, record, roundTrip, transferEngine } from '../testing/transfer-scenarios'

let count = 0
const run = Math.random()
let databases: string[] = []
const open = (options: { maxEvents?: number; textBudget?: number } = {}) => {
  const database = `transfer-${run}-${count++}`
  databases.push(database)
  return transferEngine({ database, persistent: true, ...options }, browserHost())
}
afterEach(() => {
  for (const name of databases) indexedDB.deleteDatabase(name)
  databases = []
})

describe('a session in a file, from one database to the next', () => {
  it.each([{}, { maxEvents: 10 }])('comes back the same, whatever was recorded: %o', async options => {
    await property(recordings, 25, async recording => {
      const it = await open(options)
      await roundTrip(it.engine, await record(it, recording))
      await it.engine.dispose()
    })
  })

  it.each(FORMATS)('comes back the same through a file on disk: %o', async format => {
    await property(recordings, 10, async recording => {
      const it = await open()
      await roundTrip(it.engine, await record(it, recording), format)
      await it.engine.dispose()
    })
  })

  it('comes back the same over many chunks, its text on disk', async () => {
    const { engine } = await open({ textBudget: 1 << 16 })
    const page = new FakePanel(engine).page(testProducer(1))
    await page.open()
    for (let i = 0; i < 120; i++) await page.emit(250, { payload: n => `{"n":${n},"text":"${'é'.repeat(n % 40)}"}` })
    await page.close()
    const { id } = (await statusOf(engine)).session!
    const { text, blob } = await exported(engine, id)
    await engine.sessions.wipe()
    await engine.transfer.import(blob, '', 'ask')
    expect((await exported(engine, id)).text === text).toBe(true)
    await engine.dispose()
  })
})

describe('a file that is refused', () => {
  const text = JSON.stringify(smallFile(), null, 1)

  it('leaves every store as it was, wherever it breaks', async () => {
    const { engine } = await open()
    const name = databases.at(-1) as string
    expect(await engine.transfer.import(new Blob([text]), '', 'ask')).toMatchObject({ ok: true, events: 3 })
    const before = await everyRecord(name)
    const bytes = new TextEncoder().encode(text)
    for (let end = 0; end < bytes.length; end += 50) {
      const outcome = await engine.transfer.import(new Blob([bytes.subarray(0, end)]), '', 'replace')
      // Where events could be read, the user is asked whether to take those; nothing is stored before the answer.
      const why = !outcome.ok && 'badLine' in outcome ? outcome.badLine : outcome
      expect(outcome.ok).toBe(false)
      expect(why).toMatchObject({ where: expect.stringContaining('line ') })
      expect(await everyRecord(name)).toEqual(before)
    }
    await engine.dispose()
  })

  it('leaves every store as it was when half of it is on disk already', async () => {
    const { engine } = await open()
    const name = databases.at(-1) as string
    expect(await engine.transfer.import(new Blob([text]), '', 'ask')).toMatchObject({ ok: true })
    const before = await everyRecord(name)
    const file = smallFile()
    const [event] = file.events
    if (!event) throw new Error('no event')
    // More chunks than may wait for the disk, and a number twice at the very end.
    file.events = Array.from({ length: 100_000 }, (_, i) => ({ ...event, id: eventId(FILE_PRODUCER, i + 10) }))
    file.events.push({ ...event, id: eventId(FILE_PRODUCER, 10) })
    const blob = new Blob([JSON.stringify(file)])
    const outcome = await engine.transfer.import(blob, '', 'replace')
    expect(outcome).toMatchObject({
      ok: false,
      badLine: { where: expect.stringContaining('events[100000]'), events: 100_000 },
    })
    expect(await everyRecord(name)).toEqual(before)
    const running = engine.transfer.import(blob, '', 'replace')
    await engine.transfer.cancel()
    expect(await running).toMatchObject({ ok: false, message: 'cancelled' })
    expect(await everyRecord(name)).toEqual(before)
    expect((await engine.read.detail(FILE_SESSION, 1))?.type).toBe('saved')
    await engine.dispose()
  })
})

/** A page may not write to the private file system at once, only a worker may: there it is `test/e2e/transfer-formats.e2e.ts` that looks. */
describe('an export where it cannot go to a file', () => {
  it.each<ExportFormat>([
    { format: 'json', gzip: false },
    { format: 'jsonl', gzip: true },
    { format: 'csv', gzip: false },
  ])('comes all the same, can be cancelled, and leaves nothing behind: %o', async format => {
    const { engine } = await open()
    const page = new FakePanel(engine).page(testProducer(1))
    await page.open()
    for (let i = 0; i < 80; i++) await page.emit(250)
    await page.close()
    const { id } = (await statusOf(engine)).session!
    const running = engine.transfer.export(id, format)
    await engine.transfer.cancel()
    expect(await running).toEqual({ ok: false, message: 'cancelled' })
    const { blob } = await exported(engine, id, format)
    expect(blob.size).toBeGreaterThan(1000)
    expect(await exportedFiles()).toEqual([])
    await engine.dispose()
  })
})

/** Names of the files that exports left in the private file system. */
async function exportedFiles(): Promise<string[]> {
  const root = await navigator.storage.getDirectory()
  const folder = await root.getDirectoryHandle('exports', { create: true })
  const names: string[] = []
  for await (const name of folder.keys()) names.push(name)
  return names
}

/** Every record of every store, by store and key. */
async function everyRecord(name: string): Promise<Record<string, unknown>> {
  const db = await openDB(name)
  const all: Record<string, unknown> = {}
  for (const store of db.objectStoreNames) {
    const keys = await db.getAllKeys(store)
    const values = await db.getAll(store)
    for (const [i, key] of keys.entries()) all[`${store} ${JSON.stringify(key)}`] = plain(values[i])
  }
  db.close()
  return all
}

/** Buffers as what is in them. */
function plain(value: unknown): unknown {
  if (value instanceof ArrayBuffer) return new Uint8Array(value).join()
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plain(member)]))
}
