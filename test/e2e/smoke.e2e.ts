import type { Frame } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Chromium, launchChromium } from '../support/chromium'
import { closeDevTools, drawerIsOpen, openPanel, reopenPanel, showTool } from '../support/devtools'
import { type Site, startServer } from '../support/server'

describe('the panel in real DevTools', () => {
  let site: Site
  let chromium: Chromium

  beforeAll(async () => {
    site = await startServer({ pages: { '/empty': '<!doctype html><title>empty</title>' } })
    chromium = await launchChromium()
  })
  afterAll(async () => {
    await chromium?.close()
    await site?.close()
  })

  it('opens, closes and opens again', async () => {
    const page = await chromium.open(`${site.origin}/empty`)
    expect(await page.hasDevTools()).toBe(false)

    const panel = await openPanel(page)
    expect(panel.url()).toBe(`chrome-extension://${chromium.extensionId}/src/panel/devtools-panel.html`)
    expect(await panel.evaluate(() => typeof chrome.devtools.inspectedWindow.tabId)).toBe('number')
    expect(await inspectedAddress(panel)).toBe(page.url())
    expect(await drawerIsOpen(page)).toBe(false)

    await showTool(page, 'console')
    await closeDevTools(page)
    expect(panel.detached).toBe(true)

    const again = await reopenPanel(page)
    expect(again).not.toBe(panel)
    expect(await inspectedAddress(again)).toBe(page.url())
    await page.close()
  })

  it('finds the panel of each of two pages', async () => {
    const first = await chromium.open(`${site.origin}/empty?1`)
    const second = await chromium.open(`${site.origin}/empty?2`)
    expect(await inspectedAddress(await openPanel(first))).toBe(first.url())
    expect(await inspectedAddress(await openPanel(second))).toBe(second.url())
  })

  it('starts again on the profile of a browser that was killed, as the same extension', async () => {
    const first = await launchChromium()
    let second: Chromium | undefined
    try {
      await first.open(`${site.origin}/empty`)
      await first.kill()
      second = await launchChromium({ profileDir: first.profileDir })
      expect(second.extensionId).toBe(first.extensionId)
      await openPanel(await second.open(`${site.origin}/empty`))
    } finally {
      await second?.close()
      await first.close()
    }
  })
})

function inspectedAddress(panel: Frame): Promise<unknown> {
  return panel.evaluate(
    () =>
      new Promise(resolve => chrome.devtools.inspectedWindow.eval('location.href', (...answer) => resolve(answer[0]))),
  )
}
