import type { Page } from 'puppeteer-core'
import { describe, expect, it } from 'vitest'
import { closeDevTools } from '../support/devtools'
import { Panel } from '../support/panel'
import { SDK_MOUNTS } from '../support/server'
import { useBrowser } from '../support/use-browser'
import { waitFor } from '../support/wait'

declare const app: {
  emit(count: number, type?: string): void
  emitted: number
  ready: boolean
  addFrame(url: string): void
}

describe('the connection between a page and the panel', () => {
  const at = useBrowser({
    mounts: SDK_MOUNTS,
    pages: {
      '/elsewhere': '<!doctype html><title>elsewhere</title><p>No recorder here.',
      '/outer':
        '<!doctype html><title>outer</title><iframe src="/fixtures/pages/bus.html?name=nested&burst=5"></iframe>',
    },
    fresh: 'page',
  })

  async function openBus(query = ''): Promise<Page> {
    const page = await at.open(`/fixtures/pages/bus.html${query}`)
    await ready(page)
    return page
  }
  const ready = (page: Page) => waitFor(() => page.evaluate(() => app.ready), { what: 'the fixture page' })
  const emit = (page: Page, count: number) => page.evaluate(n => app.emit(n), count)

  it('shows what was recorded before it was opened, and what comes live', async () => {
    const page = await openBus('?burst=120')
    const panel = await Panel.open(page)
    await panel.connected()
    expect(await panel.accounted(120)).toEqual({ events: 120, missing: 0 })
    await emit(page, 30)
    expect(await panel.accounted(150)).toEqual({ events: 150, missing: 0 })
  })

  it('connects when the SDK comes after the panel', async () => {
    const page = await at.open('/elsewhere')
    const panel = await Panel.open(page)
    await waitFor(async () => (await panel.attribute('status-connection', 'data-phase')) === 'waiting', {
      what: 'the panel to wait for a recorder',
    })
    await page.goto(`${at.site.origin}/fixtures/pages/bus.html?burst=7`)
    await panel.connected()
    await panel.accounted(7)
  })

  it('has the events in between when DevTools was closed and opened again', async () => {
    const page = await openBus()
    let panel = await Panel.open(page)
    await panel.connected()
    await emit(page, 40)
    await panel.accounted(40)
    await closeDevTools(page)
    await emit(page, 60)
    panel = await Panel.open(page)
    await panel.connected()
    expect(await panel.accounted(100)).toEqual({ events: 100, missing: 0 })
  })

  it('counts what fell out of the buffer while nobody listened', async () => {
    const page = await openBus('?capacity=500')
    let panel = await Panel.open(page)
    await panel.connected()
    await emit(page, 10)
    await panel.accounted(10)
    await closeDevTools(page)
    await emit(page, 5000)
    panel = await Panel.open(page)
    await panel.connected()
    const { events, missing } = await panel.accounted(5010)
    expect(missing).toBeGreaterThan(3000)
    expect(events).toBeGreaterThanOrEqual(500)
  })

  it('goes on after a reload: every event of the old page is stored or counted, the new page is a producer of the same session', async () => {
    const page = await openBus('?pagehide=300')
    const panel = await Panel.open(page)
    await panel.connected()
    await emit(page, 50)
    await panel.accounted(50)
    // 1,000 events in the very task that leaves, 300 more while the page goes away.
    await page.evaluate(() => {
      app.emit(1000)
      location.reload()
    })
    await waitFor(() => page.evaluate(() => app.ready && app.emitted === 0), { what: 'the reloaded page' })
    await emit(page, 20)
    const { events } = await panel.accounted(50 + 1000 + 300 + 20)
    expect(events).toBe(1370)
    expect(await panel.value('status-producers')).toBe(2)
  })

  it('records again after going away and back', async () => {
    const page = await openBus()
    const panel = await Panel.open(page)
    await panel.connected()
    await emit(page, 10)
    await panel.accounted(10)
    await page.goto(`${at.site.origin}/elsewhere`)
    await page.goBack()
    await ready(page)
    const before = await page.evaluate(() => app.emitted)
    await emit(page, 15)
    // From the back/forward cache the page is the same producer and had emitted 10; otherwise it starts again.
    await panel.accounted(before === 10 ? 25 : 10 + before + 15)
  })

  it('records frames as producers, late and nested ones too', async () => {
    const page = await openBus('?burst=3')
    const panel = await Panel.open(page)
    await panel.connected()
    await panel.accounted(3)
    await page.evaluate(() => app.addFrame('/fixtures/pages/bus.html?name=late&burst=4'))
    await panel.accounted(7)
    await page.evaluate(() => app.addFrame('/outer'))
    await panel.accounted(12)
    await waitFor(async () => (await panel.value('status-producers')) === 3, { what: 'three producers' })
  })

  it('pauses and resumes recording; what was emitted meanwhile is counted', async () => {
    const page = await openBus()
    const panel = await Panel.open(page)
    await panel.connected()
    await emit(page, 5)
    await panel.accounted(5)
    await panel.click('toolbar-record')
    await waitFor(async () => (await panel.attribute('toolbar-record', 'aria-pressed')) === 'false', {
      what: 'recording to pause',
    })
    await emit(page, 200)
    await panel.click('toolbar-record')
    await waitFor(async () => (await panel.attribute('toolbar-record', 'aria-pressed')) === 'true', {
      what: 'recording to go on',
    })
    await emit(page, 5)
    expect(await panel.accounted(210)).toEqual({ events: 10, missing: 200 })

    // An empty list says so, and what to do.
    await panel.click('toolbar-record')
    await panel.click('toolbar-clear')
    await waitFor(() => panel.has('not-recording'), { what: 'the empty list to say that recording is paused' })
    await panel.click('record-again')
    await waitFor(() => panel.has('no-events'), { what: 'the empty list to wait for events' })
  })
})
