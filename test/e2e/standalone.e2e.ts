import type { Page } from 'puppeteer-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { clickOn } from '../support/click'
import { byTestId } from '../support/panel'
import { useBrowser } from '../support/use-browser'
import { waitFor } from '../support/wait'

describe('the standalone page', () => {
  const at = useBrowser({ launch: { extension: undefined } })
  let page: Page

  beforeAll(async () => {
    page = await at.open('/panel/standalone.html?app=/payments/%3Fspeed=20')
  })

  const value = (testId: string) =>
    page.$eval(byTestId(testId), element => Number(element.getAttribute('data-value'))).catch(() => -1)

  it('records the app beside it from the first second, without an extension', async () => {
    await waitFor(async () => (await value('status-events')) > 50, { what: 'events' })
    await waitFor(async () => (await value('status-persisted')) > 50, { what: 'events on disk' })
    const app = page.frames().find(frame => new URL(frame.url()).pathname === '/payments/')
    if (!app) throw new Error('no frame of the app')
    expect(await app.$(byTestId('pause'))).not.toBeNull()
  })

  it('goes on with the same session after a reload', async () => {
    const before = await value('status-persisted')
    await page.reload()
    await waitFor(async () => (await value('status-events')) > before, { what: 'the session to go on' })
    await waitFor(async () => (await value('status-producers')) === 2, { what: 'two producers' })
  })

  it('says after a reload as before what a filter that finds nothing may have meant', async () => {
    const ways = (what: string) =>
      waitFor(
        async () => {
          const said = await page.$$eval(byTestId('way-out'), found => found.map(button => button.textContent))
          return said.join() === 'Write type:Settlement'
        },
        { what },
      )
    await page.type(byTestId('filter-input'), 'type:settlement')
    await ways('what was meant')
    await page.reload()
    await ways('it again')
    await page.click(byTestId('clear-filter'))
  })

  it('shows an old session where there is no app', async () => {
    const alone = await at.open('/panel/standalone.html')
    expect(await alone.$eval('#page', element => getComputedStyle(element).display)).toBe('none')
    await clickOn(alone, byTestId('session-menu'))
    await clickOn(alone, `${byTestId('session-item')}[data-session]`)
    await waitFor(
      () => alone.$$eval(byTestId('row'), rows => rows.filter(row => row.hasAttribute('data-seq')).length > 5),
      { what: 'its events' },
    )
    await alone.close()
  })

  it.each([
    [2400, 150],
    [300, 400],
  ])('has rows to be seen in a window of %i × %i', async (width, height) => {
    await page.setViewport({ width, height })
    const seen = () =>
      page.$$eval(byTestId('row'), rows => {
        const list = document.querySelector('.scroller')?.getBoundingClientRect()
        return rows.filter(row => {
          const { top, bottom } = row.getBoundingClientRect()
          return list && top >= list.top && bottom <= Math.min(list.bottom, innerHeight)
        }).length
      })
    await waitFor(async () => (await seen()) >= 2, { what: 'rows' })
  })
})
