import type { Page } from 'puppeteer-core'
import { beforeEach, describe, expect, it } from 'vitest'
import { closeDevTools } from '../support/devtools'
import { dumpDatabase } from '../support/dump-database'
import { readBack } from '../support/kills'
import { byTestId, Panel } from '../support/panel'
import { SDK_MOUNTS } from '../support/server'
import { useBrowser } from '../support/use-browser'
import { waitFor } from '../support/wait'

declare const app: { emit(count: number, type?: string): void; ready: boolean }

describe('stored sessions that something happened to', () => {
  const at = useBrowser({
    mounts: SDK_MOUNTS,
    pages: { '/elsewhere': '<!doctype html><title>elsewhere</title>' },
    fresh: 'browser',
  })
  let page: Page
  /** A document of the extension, to do what the user cannot. */
  let inside: Page

  beforeEach(async () => {
    inside = await at.open(`chrome-extension://${at.chromium.extensionId}/src/panel/grant.html`)
    page = await at.open('/fixtures/pages/bus.html?name=hurt')
  })

  const emit = (count: number) => page.evaluate(n => app.emit(n), count)
  const recorded = async (count: number) => {
    const panel = await Panel.open(page)
    await panel.connected()
    await emit(count)
    await panel.accounted(count)
    await waitFor(async () => (await panel.value('status-persisted')) === count, { what: 'all events to be on disk' })
    return panel
  }
  const message = async (panel: Panel, part: string) => {
    await waitFor(async () => (await panel.text('message')).includes(part), { what: `a message with "${part}"` })
    return panel.text('message')
  }
  /** As the browser does it when space is short: sessions, but not what the panel keeps about itself. */
  const evict = async () => {
    const cdp = await inside.createCDPSession()
    await cdp.send('Storage.clearDataForOrigin', {
      origin: `chrome-extension://${at.chromium.extensionId}`,
      storageTypes: 'indexeddb',
    })
  }
  const databaseVersion = () =>
    inside.evaluate(async () => (await indexedDB.databases()).find(({ name }) => name === 'playhead')?.version)

  it('are reported as lost where the browser deleted them: the list is not just empty', async () => {
    await recorded(3000)
    await page.close()
    await evict()
    page = await at.open('/elsewhere')
    const panel = await Panel.open(page)
    expect(await message(panel, 'The browser deleted stored sessions')).toContain('hurt (3,000 events)')
    // Once, not each time.
    const again = await panel.reopen()
    await again.frame.waitForSelector('[data-testid="session-menu"]')
    await waitFor(async () => (await again.attribute('status-connection', 'data-phase')) === 'waiting', {
      what: 'the panel to have started',
    })
    expect(await again.has('message')).toBe(false)
  })

  it('are stored anew where the database is deleted while a session records', async () => {
    const panel = await recorded(6000)
    await evict()
    await message(panel, 'were deleted while Playhead was open')
    await emit(500)
    expect(await panel.accounted(6500)).toEqual({ events: 6500, missing: 0 })
    await waitFor(async () => (await panel.value('status-persisted')) === 6500, { what: 'all to be on disk again' })
    const { rows, damage } = await readBack(await dumpDatabase(panel.frame), 'hurt')
    expect(damage).toEqual([])
    expect(rows.map(row => row.n)).toEqual(Array.from({ length: 6500 }, (_, i) => i + 1))
    expect(rows.every(row => row.payload?.includes(`"i":${row.n - 1},`))).toBe(true)
  })

  it('are left alone where a newer Playhead made them: it says so, and records in memory', async () => {
    await inside.evaluate(
      () =>
        new Promise<void>((resolve, reject) => {
          const request = indexedDB.open('playhead', 99)
          request.onerror = () => reject(request.error)
          request.onupgradeneeded = () => request.result.createObjectStore('sessions').put({ from: 2099 }, 'future')
          request.onsuccess = () => {
            request.result.close()
            resolve()
          }
        }),
    )
    const panel = await Panel.open(page)
    await panel.connected()
    await emit(2000)
    expect(await panel.accounted(2000)).toEqual({ events: 2000, missing: 0 })
    expect(await message(panel, 'newer Playhead')).toContain('update this one to see them')
    expect(await panel.attribute('status-storage', 'data-storage')).toBe('degraded')
    expect(await panel.attribute('status-storage', 'title')).toContain('They were left as they are')
    await waitFor(async () => (await panel.rows()).length > 5, { what: 'rows' })
    expect(await databaseVersion()).toBe(99)
  })

  it('show a chunk that is damaged as a gap, and everything else', async () => {
    let panel = await recorded(10_000)
    await closeDevTools(page)
    await page.close()
    await inside.evaluate(
      () =>
        new Promise<void>((resolve, reject) => {
          const opening = indexedDB.open('playhead')
          opening.onsuccess = () => {
            const tx = opening.result.transaction('heads', 'readwrite')
            const cursors = tx.objectStore('heads').openCursor()
            cursors.onsuccess = () => {
              const cursor = cursors.result
              if (!cursor) return
              if ((cursor.key as [string, number])[1] !== 4096) return cursor.continue()
              new Uint8Array(cursor.value)[5000]! ^= 1
              cursor.update(cursor.value)
            }
            tx.oncomplete = () => {
              opening.result.close()
              resolve()
            }
            tx.onabort = () => reject(tx.error)
          }
        }),
    )
    page = await at.open('/elsewhere')
    panel = await Panel.open(page)
    await panel.click('session-menu')
    await panel.clickOn(`${byTestId('session-item')}[data-session]`)
    await panel.matched(10_000 - 4096, 'the events that are whole')
    expect(await message(panel, 'Part of the session could not be read')).toContain('shown as a gap')
  })

  it('are kept in memory while the disk is full, and stored when there is room again: nothing is lost', async () => {
    // An extension may store without limits; a page may not. What is left is asked once, at first.
    const cdp = await page.createCDPSession()
    const origin = { origin: at.site.origin }
    await cdp.send('Storage.overrideQuotaForOrigin', { ...origin, quotaSize: 100_000 })
    const alone = await at.open('/panel/standalone.html?app=/fixtures/pages/bus.html')
    const frame = await waitFor(
      () => alone.frames().find(one => new URL(one.url()).pathname === '/fixtures/pages/bus.html'),
      { what: 'the app' },
    )
    const value = (testId: string) => alone.$eval(byTestId(testId), one => Number(one.getAttribute('data-value')))
    const storage = () => alone.$eval(byTestId('status-storage'), one => one.getAttribute('data-storage'))
    const send = (count: number) => frame.evaluate(n => app.emit(n), count)
    await waitFor(() => frame.evaluate(() => app.ready), { what: 'the app to run' })
    await send(100)
    await waitFor(async () => (await value('status-persisted')) === 100, { what: 'events on disk' })
    await send(8000)
    await waitFor(async () => (await storage()) === 'degraded', { what: 'the disk to refuse' })
    expect(await alone.$eval(byTestId('status-storage'), one => one.getAttribute('title'))).toContain(
      'the disk is full',
    )
    await waitFor(
      async () => (await alone.$eval(byTestId('message'), one => one.textContent))?.includes('It is tried again'),
      { what: 'a message that says so' },
    )
    await waitFor(async () => (await value('status-events')) === 8100, { what: 'all events in memory' })
    await cdp.send('Storage.overrideQuotaForOrigin', origin)
    await send(100)
    await waitFor(async () => (await value('status-persisted')) === 8200, {
      what: 'all to be on disk',
      timeout: 40_000,
    })
    await waitFor(async () => (await storage()) === 'persistent', { what: 'the disk to be in use again' })
    const { rows, gaps, damage } = await readBack(await dumpDatabase(alone), 'bus')
    expect([gaps, damage]).toEqual([[], []])
    expect(rows.map(row => row.n)).toEqual(Array.from({ length: 8200 }, (_, i) => i + 1))
  })
})
