import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Chromium, launchChromium } from '../support/chromium'
import { byTestId } from '../support/panel'
import { type Site, startServer } from '../support/server'
import { waitFor } from '../support/wait'

describe('the standalone page', () => {
  let site: Site
  let chromium: Chromium
  let page: Page

  beforeAll(async () => {
    site = await startServer()
    chromium = await launchChromium({ extension: undefined })
    page = await chromium.open(`${site.origin}/panel/standalone.html?app=/payments/%3Fspeed=20`)
  })
  afterAll(async () => {
    await chromium?.close()
    await site?.close()
  })

  const value = (testId: string) =>
    page.$eval(byTestId(testId), element => Number(element.getAttribute('data-value'))).catch(() => -1)

  it('records the app beside it from the first second, without an extension', async () => {
    await waitFor(async () => (await value('status-events')) > 50, { what: 'events' })
    await waitFor(async () => (await value('status-persisted')) > 50, { what: 'events on disk' })
    const app = page.frames().find(frame => new URL(frame.url()).pathname === '/payments/')
    expect(await app?.$(byTestId('pause'))).not.toBeNull()
  })

  it('goes on with the same session after a reload', async () => {
    const before = await value('status-persisted')
    await page.reload()
    await waitFor(async () => (await value('status-events')) > before, { what: 'the session to go on' })
    expect(await value('status-producers')).toBe(2)
  })

  it('shows an old session where there is no app', async () => {
    const alone = await chromium.open(`${site.origin}/panel/standalone.html`)
    expect(await alone.$eval('#page', element => getComputedStyle(element).display)).toBe('none')
    await (await alone.waitForSelector(byTestId('session-menu')))?.click()
    await (await alone.waitForSelector(`${byTestId('session-item')}[data-session]`))?.click()
    await waitFor(
      () => alone.$$eval(byTestId('row'), rows => rows.filter(row => row.hasAttribute('data-seq')).length > 5),
      { what: 'its events' },
    )
    await alone.close()
  })
})
