import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Firefox } from '../support/firefox'
import { type Site, startServer } from '../support/server'

describe('the panel in Firefox', () => {
  let site: Site
  let firefox: Firefox

  beforeAll(async () => {
    site = await startServer({ pages: { '/empty': '<!doctype html><title>empty</title>' } })
    firefox = await Firefox.launch()
  })
  afterAll(async () => {
    await firefox?.close()
    await site?.close()
  })

  it('opens, closes and opens again', async () => {
    await firefox.open(`${site.origin}/empty`)
    await firefox.openPanel()
    expect(await firefox.inPanel('return location.pathname')).toBe('/src/panel/devtools-panel.html')
    expect(await firefox.inPanel('return (await browser.devtools.inspectedWindow.eval("location.pathname"))[0]')).toBe(
      '/empty',
    )
    await firefox.closeDevTools()
    await expect(firefox.inPanel('return 1')).rejects.toThrow('no panel is shown')
    await firefox.openPanel()
    expect(await firefox.inPage('return document.title')).toBe('empty')
  })
})
