import { readFileSync, writeFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import Papa from 'papaparse'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Files } from '../support/files'
import { byTestId, type Panel } from '../support/panel'
import { stopPayments } from '../support/payments'
import { sessionLines, writeSession } from '../support/session-file'
import { useBrowser } from '../support/use-browser'
import { waitFor } from '../support/wait'

/** Enough that an import or export takes a while. */
const MANY = 150_000

describe('session files of every format', () => {
  const at = useBrowser()
  let panel: Panel
  const files = new Files()

  beforeAll(async () => {
    await files.receive(at.chromium)
    const shown = await at.show('/payments/?speed=max&expose&seed=5')
    panel = shown.panel
    await waitFor(async () => (await panel.counts()).events > 2000, { what: 'some events' })
    await stopPayments(shown.page, panel)
    await panel.settled()
  })
  afterAll(() => files.remove())

  async function wipe() {
    await panel.click('session-menu')
    await panel.click('wipe-open')
    await panel.click('wipe')
    await waitFor(async () => (await panel.counts()).events === 0, { what: 'nothing to be left' })
  }
  const shown = (events: number) => panel.matched(events, `${events} events`, 60_000)
  const sessions = () =>
    panel.frame.$$eval(byTestId('session-item'), items => items.map(item => item.getAttribute('data-session')))
  /** Names of the files in the private file system of the extension. */
  const exportsOnDisk = () =>
    panel.frame.evaluate(async () => {
      const root = await navigator.storage.getDirectory()
      const folder = await root.getDirectoryHandle('exports', { create: true })
      const names: string[] = []
      for await (const name of folder.keys()) names.push(name)
      return names
    })

  it('as compressed lines are the same after export, wipe, import and export', async () => {
    const { events } = await panel.counts()
    const first = await files.export(panel, 'jsonl', true)
    const lines = gunzipSync(readFileSync(first)).toString()
    expect(JSON.parse(lines.slice(0, lines.indexOf('\n')))).toMatchObject({ format: 'playhead/session', version: 1 })
    expect(lines.trimEnd().split('\n').at(-1)).toBe(`{"end":{"events":${events}}}`)
    await wipe()
    expect(await exportsOnDisk()).toEqual([])
    await files.import(panel, first)
    await shown(events)
    const second = await files.export(panel, 'jsonl', true)
    expect(gunzipSync(readFileSync(second)).toString() === lines).toBe(true)
  })

  it('as a table are read by a parser: a row for each event, and no formula', async () => {
    const matched = await panel.value('view-matched')
    const text = readFileSync(await files.export(panel, 'csv'), 'utf8')
    const { data, errors, meta } = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true })
    expect(errors).toEqual([])
    expect(data.length).toBe(matched)
    expect(meta.fields).toEqual(expect.arrayContaining(['id', 'time', 'type', 'source', 'payload.amount']))
    expect(new Set(data.map(row => row.id)).size).toBe(matched)
    const cells = data.flatMap(row => Object.values(row))
    expect(cells.filter(cell => /^[=+@\t\r]|^-(?![\d.])/.test(cell))).toEqual([])
  })

  it('that are the parts of one session load as one, picked together in any order', async () => {
    await wipe()
    writeSession(files.path('app.1.jsonl'), sessionLines(3000, 1, { part: 1 }))
    writeSession(files.path('app.2.jsonl'), sessionLines(2000, 3001, { part: 2 }))
    await files.import(panel, files.path('app.2.jsonl'), files.path('app.1.jsonl'))
    await shown(5000)
    expect(await panel.has('message')).toBe(false)
    const [lines = ''] = readFileSync(await files.export(panel, 'jsonl'), 'utf8').split('{"end"')
    const numbers = [...lines.matchAll(/^\{"id":"\w+-(\d+)"/gm)].map(([, n]) => Number(n))
    expect(numbers).toEqual(Array.from({ length: 5000 }, (_, i) => i + 1))
  })

  it('of which one is missing make the panel ask', async () => {
    await wipe()
    writeSession(files.path('app.4.jsonl'), sessionLines(1000, 9001, { part: 4 }))
    await files.import(panel, files.path('app.4.jsonl'), files.path('app.1.jsonl'))
    expect(await (await panel.frame.waitForSelector(byTestId('bad-line')))?.evaluate(it => it.textContent)).toContain(
      'parts 2 to 3 are missing',
    )
    await panel.click('bad-line-skip')
    // The hole between them is one row.
    await shown(4000)
  })

  it('with a bad line make the panel ask: up to there, or without it', async () => {
    const lines = [...sessionLines(500)]
    lines[301] = '{"id":"nonsense","payload":tru}'
    writeFileSync(files.path('bad.jsonl'), lines.join('\n'))
    for (const [answer, events] of [
      ['stop', 300],
      ['skip', 499],
    ] as const) {
      await wipe()
      await files.import(panel, files.path('bad.jsonl'))
      await panel.frame.waitForSelector(byTestId('bad-line'))
      expect(await panel.text('bad-line-where')).toMatch(/^line 302, column \d+$/)
      expect(await sessions()).toEqual([])
      await panel.click(`bad-line-${answer}`)
      await shown(events)
      await waitFor(async () => (await panel.text('message')).includes('line 302'), {
        what: 'a message about the line',
      })
    }
  })

  it('can be cancelled on their way in, and nothing of them stays', async () => {
    await wipe()
    writeSession(files.path('many.jsonl'), sessionLines(MANY))
    await files.import(panel, files.path('many.jsonl'))
    await panel.click('transfer-cancel')
    await waitFor(async () => !(await panel.has('transfer')), { what: 'the import to end', timeout: 2000 })
    expect(await panel.has('message')).toBe(false)
    await panel.click('session-menu')
    expect(await sessions()).toEqual([])
    await panel.click('session-menu')
    expect(await storedChunks()).toBe(0)
  })

  it('can be cancelled on their way out, and no file stays', async () => {
    await files.import(panel, files.path('many.jsonl'))
    await shown(MANY)
    const before = files.names()
    await files.choose(panel, 'jsonl', true)
    await panel.click('transfer-cancel')
    await waitFor(async () => !(await panel.has('transfer')), { what: 'the export to end', timeout: 2000 })
    expect(await panel.has('message')).toBe(false)
    expect(await exportsOnDisk()).toEqual([])
    expect(files.names()).toEqual(before)
  })

  /** Records of the stores that hold events. */
  const storedChunks = () =>
    panel.frame.evaluate(async () => {
      const [info] = await indexedDB.databases()
      const db = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(info?.name ?? '')
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
      let count = 0
      for (const store of ['heads', 'bodies', 'tails']) {
        if (!db.objectStoreNames.contains(store)) continue
        count += await new Promise<number>(resolve => {
          const request = db.transaction(store).objectStore(store).count()
          request.onsuccess = () => resolve(request.result)
        })
      }
      db.close()
      return count
    })
})
