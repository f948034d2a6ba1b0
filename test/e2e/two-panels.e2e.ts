import type { Page } from 'puppeteer-core'
import { describe, expect, it } from 'vitest'
import { clickOn } from '../support/click'
import { closeDevTools } from '../support/devtools'
import { dumpDatabase } from '../support/dump-database'
import { readBack } from '../support/kills'
import { byTestId, Panel } from '../support/panel'
import { SDK_MOUNTS } from '../support/server'
import { useBrowser } from '../support/use-browser'
import { waitFor } from '../support/wait'

declare const app: { emit(count: number, type?: string): void }

describe('two panels at once', () => {
  const at = useBrowser({ mounts: SDK_MOUNTS, fresh: 'browser' })

  const emit = (page: Page, count: number) => page.evaluate(n => app.emit(n), count)
  const recording = (name: string) => at.show(`/fixtures/pages/bus.html?name=${name}`)
  const stored = async (panel: Panel, count: number) =>
    waitFor(async () => (await panel.value('status-persisted')) === count, { what: `${count} events on disk` })
  const expectWhole = async (from: Panel, name: string, first: number, last: number) => {
    const { rows, gaps, damage, log } = await readBack(await dumpDatabase(from.frame), name)
    expect(damage).toEqual([])
    expect(gaps).toEqual([])
    expect(log.session.producers).toHaveLength(1)
    expect(rows.map(row => row.n)).toEqual(Array.from({ length: last - first + 1 }, (_, i) => first + i))
    for (const row of rows) if (!row.payload?.includes(`"i":${row.n - 1},`)) expect(row).toBe('its own')
  }

  it('on two tabs of one origin record two sessions, and lose nothing', async () => {
    const one = await recording('one')
    const two = await recording('two')
    for (let round = 0; round < 20; round++) {
      await emit(one.page, 300)
      await emit(two.page, 250)
    }
    expect(await one.panel.accounted(6000)).toEqual({ events: 6000, missing: 0 })
    expect(await two.panel.accounted(5000)).toEqual({ events: 5000, missing: 0 })
    await stored(one.panel, 6000)
    await stored(two.panel, 5000)
    await expectWhole(two.panel, 'one', 1, 6000)
    await expectWhole(one.panel, 'two', 1, 5000)
    // One of them ends; the other one does not mind.
    await closeDevTools(one.page)
    await emit(two.page, 1000)
    expect(await two.panel.accounted(6000)).toEqual({ events: 6000, missing: 0 })
    await stored(two.panel, 6000)
    await expectWhole(two.panel, 'two', 1, 6000)
    await expectWhole(two.panel, 'one', 1, 6000)
  })

  it('of two apps have a filter each, also when they are opened again', async () => {
    const box = (panel: Panel) =>
      panel.frame.$eval(byTestId('filter-input'), found => (found as HTMLInputElement).value)
    const one = await recording('one')
    await emit(one.page, 20)
    await one.panel.accounted(20)
    await one.panel.filter('nothing-has-this')
    await one.panel.matched(0, 'nothing')
    const two = await recording('two')
    await emit(two.page, 30)
    await two.panel.matched(30, 'all of the other app')
    expect(await box(two.panel)).toBe('')
    await two.panel.filter('tick')
    const again = await recording('one')
    await waitFor(async () => (await box(again.panel)) === 'nothing-has-this', { what: 'the filter of the first app' })
  })

  it('may look at one session: the one that does not record it sees what is stored', async () => {
    const one = await recording('one')
    await emit(one.page, 5000)
    await one.panel.accounted(5000)
    await stored(one.panel, 5000)
    const { panel } = await recording('two')
    await panel.click('session-menu')
    const item = async () => {
      for (const found of await panel.frame.$$(`${byTestId('session-item')}[data-session]`)) {
        if (await found.evaluate(element => element.textContent?.includes('one'))) return found
      }
      return undefined
    }
    await panel.clickOn(item, 'the session of the other panel')
    await panel.matched(5000, 'its events')
    await one.panel.devtools.bringToFront()
    await emit(one.page, 100)
    expect(await one.panel.accounted(5100)).toEqual({ events: 5100, missing: 0 })
    await stored(one.panel, 5100)
    await expectWhole(panel, 'one', 1, 5100)
  })

  it('notice when one deletes everything: both begin anew, and nothing of before comes back', async () => {
    const one = await recording('one')
    const two = await recording('two')
    await emit(one.page, 3000)
    await emit(two.page, 2000)
    await one.panel.accounted(3000)
    await two.panel.accounted(2000)
    await two.panel.click('session-menu')
    await two.panel.click('wipe-open')
    await two.panel.click('wipe')
    for (const { panel } of [one, two]) {
      await waitFor(async () => (await panel.counts()).events === 0, { what: 'an empty session' })
    }
    await emit(one.page, 70)
    await emit(two.page, 30)
    await waitFor(async () => (await one.panel.counts()).events === 70, { what: 'the new events of one' })
    await waitFor(async () => (await two.panel.counts()).events === 30, { what: 'the new events of two' })
    await stored(one.panel, 70)
    await stored(two.panel, 30)
    await expectWhole(two.panel, 'one', 3001, 3070)
    await expectWhole(one.panel, 'two', 2001, 2030)
  })

  it('of two kinds on one page: the newer one records on, with all of it, and the older one keeps what it had', async () => {
    const page = await at.open('/panel/standalone.html?app=/fixtures/pages/bus.html')
    const value = (testId: string) =>
      page.$eval(byTestId(testId), element => Number(element.getAttribute('data-value'))).catch(() => -1)
    const frame = await waitFor(
      () => page.frames().find(one => new URL(one.url()).pathname === '/fixtures/pages/bus.html'),
      { what: 'the app' },
    )
    await waitFor(() => frame.evaluate(() => (globalThis as unknown as { app?: { ready?: boolean } }).app?.ready), {
      what: 'the app to run',
    })
    await frame.evaluate(() => app.emit(1000))
    await waitFor(async () => (await value('status-events')) === 1000, { what: 'the standalone panel to record' })
    const panel = await Panel.open(page)
    await panel.connected()
    await frame.evaluate(() => app.emit(500))
    expect(await panel.accounted(1500)).toEqual({ events: 1500, missing: 0 })
    expect(await value('status-events')).toBe(1000)
  })

  it('tell who records: a standalone panel that DevTools took over from says so, and takes back', async () => {
    const page = await at.open('/panel/standalone.html?app=/fixtures/pages/bus.html')
    const phase = () => page.$eval(byTestId('status-connection'), element => element.getAttribute('data-phase'))
    const is = (wanted: string) => waitFor(async () => (await phase()) === wanted, { what: wanted, timeout: 20_000 })
    await is('connected')
    const inApp = async (count: number) => {
      const frame = page.frames().find(one => new URL(one.url()).pathname.endsWith('/bus.html'))
      await frame?.evaluate(n => app.emit(n), count)
    }
    const events = () => page.$eval(byTestId('status-events'), element => Number(element.getAttribute('data-value')))
    await inApp(10)
    await waitFor(async () => (await events()) === 10, { what: 'ten events' })
    const panel = await Panel.open(page)
    await panel.connected()
    await is('silent')
    expect(await page.$eval(byTestId('silent'), element => element.textContent)).toContain('Another panel')
    await inApp(5)
    await clickOn(page, byTestId('record-here'))
    await is('connected')
    expect(await page.$(byTestId('silent'))).toBeNull()
    // What happened meanwhile is still in the page.
    await waitFor(async () => (await events()) === 15, { what: 'the events of both times' })
    await waitFor(async () => (await panel.attribute('status-connection', 'data-phase')) !== 'connected', {
      what: 'DevTools to say that it has lost the page',
      timeout: 20_000,
    })
  })
})
