import type { Frame } from 'puppeteer-core'
import { describe, expect, it } from 'vitest'
import { closeDevTools, drawerIsOpen, openPanel, reopenPanel, showTool } from '../support/devtools'
import { useBrowser } from '../support/use-browser'

describe('the panel in real DevTools', () => {
  const at = useBrowser({ pages: { '/empty': '<!doctype html><title>empty</title>' } })

  it('opens, closes and opens again', async () => {
    const page = await at.open('/empty')
    expect(await page.hasDevTools()).toBe(false)

    const panel = await openPanel(page)
    expect(panel.url()).toBe(`chrome-extension://${at.chromium.extensionId}/src/panel/devtools-panel.html`)
    expect(await panel.evaluate(() => typeof chrome.devtools.inspectedWindow.tabId)).toBe('number')
    expect(await inspectedAddress(panel)).toBe(page.url())
    expect(await drawerIsOpen(page)).toBe(false)
    expect(await fontSizes(panel)).toEqual({ root: '12px', body: '12px' })

    await showTool(page, 'console')
    await closeDevTools(page)
    expect(panel.detached).toBe(true)

    const again = await reopenPanel(page)
    expect(again).not.toBe(panel)
    expect(await inspectedAddress(again)).toBe(page.url())
    await page.close()
  })

  it('finds the panel of each of two pages', async () => {
    const first = await at.open('/empty?1')
    const second = await at.open('/empty?2')
    expect(await inspectedAddress(await openPanel(first))).toBe(first.url())
    expect(await inspectedAddress(await openPanel(second))).toBe(second.url())
  })

  it('starts again on the profile of a browser that was killed, as the same extension', async () => {
    const first = await at.launch()
    await first.open(`${at.site.origin}/empty`)
    await first.kill()
    const second = await at.launch({ profileDir: first.profileDir })
    expect(second.extensionId).toBe(first.extensionId)
    await openPanel(await second.open(`${at.site.origin}/empty`))
  })
})

/** Font sizes as they come out in the panel, where the browser has a style sheet of its own for pages of extensions. */
function fontSizes(panel: Frame): Promise<{ root: string; body: string }> {
  return panel.evaluate(() => {
    const sizeOf = (element: Element) => getComputedStyle(element).fontSize
    return { root: sizeOf(document.documentElement), body: sizeOf(document.body) }
  })
}

function inspectedAddress(panel: Frame): Promise<unknown> {
  return panel.evaluate(
    () =>
      new Promise(resolve => chrome.devtools.inspectedWindow.eval('location.href', (...answer) => resolve(answer[0]))),
  )
}
