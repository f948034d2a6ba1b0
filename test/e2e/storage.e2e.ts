import type { Page } from 'puppeteer-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Chromium, launchChromium } from '../support/chromium'
import { byTestId, Panel } from '../support/panel'
import { SDK_MOUNTS, type Site, startServer } from '../support/server'
import { waitFor } from '../support/wait'

declare const app: { emit(count: number, type?: string): void; ready: boolean }

describe('what is kept', () => {
  let site: Site
  let chromium: Chromium
  let page: Page
  let panel: Panel

  beforeAll(async () => {
    site = await startServer({ mounts: SDK_MOUNTS })
    chromium = await launchChromium()
  })
  afterEach(() => page?.close())
  afterAll(async () => {
    await chromium?.close()
    await site?.close()
  })

  const open = async () => {
    page = await chromium.open(`${site.origin}/fixtures/pages/bus.html`)
    panel = await Panel.open(page)
    await panel.connected()
  }
  const emit = (count: number) => page.evaluate(n => app.emit(n), count)
  const openStorage = () =>
    waitFor(
      async () => {
        if (!(await panel.has('retention-keep'))) await panel.click('status-bytes')
        return panel.has('retention-keep')
      },
      { what: 'the dialog on storage', every: 200 },
    )
  const limit = async (testId: string, value: string) => {
    await openStorage()
    const input = await panel.frame.waitForSelector(byTestId(testId), { visible: true })
    await input?.click({ count: 3 })
    if (value) await panel.devtools.keyboard.type(value)
    else await panel.devtools.keyboard.press('Backspace')
    await panel.devtools.keyboard.press('Enter')
    await panel.click('dialog-close')
  }

  it('is bounded to the event by what the user sets, and says what went', async () => {
    await open()
    await emit(9000)
    await panel.accounted(9000)
    await limit('retention-session-events', '5000')
    await waitFor(async () => (await panel.counts()).events === 5000, { what: 'the oldest events to go' })
    expect(await panel.counts()).toEqual({ events: 5000, missing: 4000 })
    await emit(100)
    expect(await panel.accounted(9100)).toEqual({ events: 5000, missing: 4100 })
    // The bound is the user's: another panel has it too.
    panel = await panel.reopen()
    await panel.connected()
    await waitFor(async () => (await panel.counts()).events === 5000, { what: 'the session' })
    await emit(10)
    await panel.accounted(9110)
    expect((await panel.counts()).events).toBe(5000)
    await limit('retention-session-events', '1000000')
  })

  it('holds as much text in memory as the user allows, and says what is compressed', async () => {
    await open()
    await emit(9000)
    await panel.accounted(9000)
    await limit('retention-text-budget', '0')
    const compressed = async () => {
      await openStorage()
      return (await panel.text('storage-compressed')).includes('2 of 3 blocks are compressed')
    }
    await waitFor(compressed, { what: 'what is sealed to be compressed', timeout: 20_000, every: 250 })
    expect(
      await panel.frame.$eval(
        byTestId('retention-text-budget'),
        input => (input as unknown as { value: string }).value,
      ),
    ).toBe('0')
    await panel.click('dialog-close')
    await limit('retention-text-budget', '64')
  })

  it('stays in memory where the user says so', async () => {
    await open()
    await openStorage()
    await panel.frame.select(byTestId('retention-keep'), 'memory')
    await panel.click('dialog-close')
    await waitFor(async () => (await panel.attribute('status-storage', 'data-storage')) === 'memory', {
      what: 'the panel to keep to memory',
    })
    await emit(50)
    await waitFor(async () => (await panel.counts()).events === 50, { what: 'the events' })
    const stored = await panel.frame.evaluate(
      `new Promise((resolve, reject) => {
        const opening = indexedDB.open('playhead')
        opening.onerror = () => reject(opening.error)
        opening.onsuccess = () => {
          const all = opening.result.transaction('sessions').objectStore('sessions').getAll()
          all.onsuccess = () => { opening.result.close(); resolve(all.result.filter(one => one.info.events === 50).length) }
        }
      })`,
    )
    expect(stored).toBe(0)
  })

  it('is described: marks with durations, statistics, notes that stay, and what differs from another session', async () => {
    page = await chromium.open(`${site.origin}/payments/?speed=max&expose&ticksPerDay=20&seed=3`)
    panel = await Panel.open(page)
    await panel.connected()
    await openStorage()
    await panel.frame.select(byTestId('retention-keep'), 'disk')
    await panel.click('dialog-close')
    await waitFor(async () => (await panel.counts()).events > 2000, { what: 'some days' })
    await panel.click('toolbar-clear')
    await waitFor(async () => (await panel.counts()).events > 500, { what: 'a second session' })
    await page.bringToFront()
    await page.click('[data-testid="pause"]')
    await panel.devtools.bringToFront()
    await panel.click('session-menu')
    await panel.click('session-about-live')
    await panel.frame.waitForSelector(byTestId('session-about'))
    const about = await panel.text('session-about')
    expect(about).toContain('Seed3')
    expect(about).toContain('Settlement')
    expect(await panel.text('phases')).toMatch(/day Day \d+/)
    const other = await panel.frame.$eval(`${byTestId('compare-with')} option:nth-child(2)`, option =>
      option.getAttribute('value'),
    )
    await panel.frame.select(byTestId('compare-with'), other ?? '')
    await panel.frame.waitForSelector(byTestId('comparison'))
    const comparison = await panel.text('comparison')
    expect(comparison).toContain('Settlement')
    expect(comparison).toContain('Events/s')
    await panel.click('session-note')
    await panel.devtools.keyboard.type('the slow one')
    await panel.click('session-pinned')
    await panel.click('dialog-close')
    await panel.click('session-menu')
    await panel.click('session-about-live')
    await waitFor(
      () =>
        panel.frame.$eval(
          byTestId('session-note'),
          area => (area as unknown as { value: string }).value === 'the slow one',
        ),
      {
        what: 'the note to be there again',
      },
    )
  })
})
