import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accessProblems } from '../support/axe'
import { type Chromium, launchChromium } from '../support/chromium'
import { byTestId, Panel } from '../support/panel'
import { type Site, startServer } from '../support/server'
import { waitFor } from '../support/wait'

describe('the panel, to a screen reader and to the keyboard', () => {
  let site: Site
  let chromium: Chromium
  let page: Page
  let panel: Panel

  beforeAll(async () => {
    site = await startServer()
    chromium = await launchChromium()
    page = await chromium.open(`${site.origin}/payments/?speed=20&expose`)
    panel = await Panel.open(page)
    await panel.connected()
    await waitFor(async () => (await panel.counts()).events > 200, { what: 'some events' })
    await page.bringToFront()
    await (await page.waitForSelector(byTestId('pause')))?.click()
    await panel.devtools.bringToFront()
  })
  afterAll(async () => {
    await chromium?.close()
    await site?.close()
  })

  const inTheme = (theme: 'light' | 'dark') =>
    panel.frame.evaluate(wanted => {
      document.documentElement.dataset.theme = wanted
    }, theme)

  it.each(['light', 'dark'] as const)('has nothing that axe finds wrong in its list (%s)', async theme => {
    await inTheme(theme)
    expect(await accessProblems(panel.frame)).toEqual([])
  })

  it('nor with an event open, whatever is looked at', async () => {
    await panel.clickRow()
    const tabs = await panel.frame.$$eval('.inspector [role="tab"]', found =>
      found.map(tab => (tab as HTMLElement).dataset.testid ?? ''),
    )
    expect(tabs.length).toBeGreaterThan(2)
    for (const tab of tabs) {
      await panel.click(tab)
      expect([tab, await accessProblems(panel.frame)]).toEqual([tab, []])
    }
  })

  it('nor in its menus', async () => {
    const menus = await panel.frame.$$eval('details.popup > summary', found =>
      found.map(summary => (summary as HTMLElement).dataset.testid ?? ''),
    )
    expect(menus).toContain('session-menu')
    for (const menu of menus) {
      await panel.click(menu)
      expect([menu, await accessProblems(panel.frame)]).toEqual([menu, []])
      await panel.key('Escape')
    }
  })

  it('nor in its dialogs', async () => {
    for (const dialog of ['keys', 'about', 'storage', 'sites', 'wipe', 'replay']) {
      await panel.devtools.keyboard.down('Control')
      await panel.devtools.keyboard.press('k')
      await panel.devtools.keyboard.up('Control')
      await panel.frame.waitForSelector(byTestId('palette-input'))
      if (dialog === 'keys') expect(['palette', await accessProblems(panel.frame)]).toEqual(['palette', []])
      await panel.click(`command-${dialog}`)
      await panel.frame.waitForSelector(byTestId('dialog'))
      expect([dialog, await accessProblems(panel.frame)]).toEqual([dialog, []])
      await panel.key('Escape')
    }
  })

  it('nor when nothing matches', async () => {
    await panel.filter('nothing-has-this')
    await panel.frame.waitForSelector(byTestId('nothing-matches'))
    expect(await accessProblems(panel.frame)).toEqual([])
    await panel.click('clear-filter')
  })

  it('can be walked through by the Tab key alone, and never traps it', async () => {
    await panel.key('Escape', 'Escape', 'Escape')
    await panel.click('filter-input')
    const seen = new Set<string>()
    for (let i = 0; i < 60; i++) {
      await panel.key('Tab')
      seen.add(
        await panel.frame.evaluate(() => {
          const element = document.activeElement as HTMLElement | null
          return element?.dataset.testid ?? element?.getAttribute('aria-label') ?? element?.tagName ?? ''
        }),
      )
    }
    for (const wanted of ['scroller', 'export-menu', 'columns-menu', 'replay-open']) expect([...seen]).toContain(wanted)
  })
})
