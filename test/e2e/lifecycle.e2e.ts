import { readFileSync } from 'node:fs'
import type { Page } from 'puppeteer-core'
import { describe, expect, it } from 'vitest'
import { fromRoot } from '../../scripts/lib/paths.ts'
import { CHROMIUM_EXTENSION } from '../support/chromium'
import { closeDevTools } from '../support/devtools'
import { Panel } from '../support/panel'
import { stopPayments } from '../support/payments'
import { SDK_MOUNTS } from '../support/server'
import { useBrowser } from '../support/use-browser'
import { waitFor } from '../support/wait'

declare const payments: { state(): unknown }
declare const app: { emit(count: number, type?: string): void; ready: boolean }
declare const chrome: {
  tabs: { reload(tab: number): Promise<void> }
  devtools: { inspectedWindow: { tabId: number } }
}

/** The example under a policy that allows no inline script or style, and no text as script or HTML. */
const STRICT = readFileSync(fromRoot('examples/payments/dist/index.html'), 'utf8').replace(
  '<head>',
  `<head><base href="/payments/"><meta http-equiv="Content-Security-Policy" content="default-src 'self'; img-src data:;
    require-trusted-types-for 'script'; trusted-types 'none'">`,
)

const TWO = `<!doctype html><title>two</title><script type="module">
  import { createRecorder } from '/sdk/index.js'
  const first = createRecorder({ name: 'first', enabled: true })
  const second = createRecorder({ name: 'second', enabled: true })
  for (let n = 0; n < 10; n++) first.record('one', { n })
  for (let n = 0; n < 20; n++) second.record('two', { n })
</script>`

describe('what comes in between', () => {
  const at = useBrowser({
    mounts: SDK_MOUNTS,
    pages: { '/strict': STRICT, '/two': TWO },
    // A name that no permission of the installed extension covers.
    launch: { args: ['--host-resolver-rules=MAP elsewhere.test localhost'] },
    fresh: 'page',
  })
  let page: Page
  let panel: Panel

  const state = () => page.evaluate(() => JSON.stringify(payments.state()))
  const replayIs = (wanted: string) =>
    waitFor(async () => (await panel.attribute('replay-state', 'data-state')) === wanted, {
      what: `the replay to be ${wanted}`,
    })
  const banner = () => page.$('playhead-banner')

  /** Opens the example, records a little, stops it, and begins to replay what was recorded. */
  async function replaying(path = '/payments/'): Promise<{ live: string }> {
    ;({ page, panel } = await at.show(`${path}?speed=5&expose&seed=5`))
    await waitFor(async () => (await panel.counts()).events > 150, { what: 'events', timeout: 30_000 })
    await stopPayments(page, panel)
    let live = ''
    await waitFor(async () => live === (live = await state()), { what: 'the app to rest', every: 200 })
    await panel.click('replay-open')
    await panel.click('replay-start')
    await replayIs('playing')
    await waitFor(async () => (await panel.value('replay-progress')) >= 2, { what: 'some steps' })
    expect(await banner()).not.toBeNull()
    expect(await state()).not.toBe(live)
    return { live }
  }

  it('puts the page back when DevTools is closed in the middle of a replay', async () => {
    const { live } = await replaying()
    await closeDevTools(page)
    await waitFor(async () => (await banner()) === null, { what: 'the banner to go' })
    await waitFor(async () => (await state()) === live, { what: 'the live state' })
    panel = await Panel.open(page)
    await panel.connected()
    await waitFor(async () => (await panel.counts()).events > 150, { what: 'the recording to be there' })
  })

  it('says so when the page is reloaded in the middle of a replay, and records the new page', async () => {
    await replaying()
    await page.reload()
    await replayIs('failed')
    expect(await panel.text('replay-reason')).toMatch(/gone/i)
    await waitFor(async () => (await banner()) === null, { what: 'the banner to go' })
    await waitFor(async () => (await panel.value('status-producers')) === 2, { what: 'the new page' })
    const { events } = await panel.counts()
    await waitFor(async () => (await panel.counts()).events > events + 20, { what: 'new events' })
  })

  it('goes on after the page crashed', async () => {
    ;({ page, panel } = await at.show('/fixtures/pages/bus.html?burst=30'))
    await panel.accounted(30)
    await waitFor(async () => (await panel.value('status-persisted')) === 30, { what: 'all events to be on disk' })
    const crashed = new Promise(resolve => page.once('error', resolve))
    const session = await page.createCDPSession()
    void session.send('Page.crash').catch(() => undefined)
    await crashed
    await panel.frame.evaluate(() => chrome.tabs.reload(chrome.devtools.inspectedWindow.tabId))
    await panel.accounted(60)
    await panel.connected()
    await waitFor(async () => (await panel.value('status-producers')) === 2, { what: 'two producers' })
  })

  it('records and replays under a policy that forbids inline code, inline styles and HTML from text', async () => {
    const { live } = await replaying('/strict')
    const place = await page.$eval('playhead-banner', element => getComputedStyle(element).position)
    expect(place).toBe('fixed')
    await panel.click('replay-stop')
    await replayIs('idle')
    expect(await state()).toBe(live)
  })

  it('keeps two recorders of one page apart', async () => {
    ;({ page, panel } = await at.show('/two'))
    await panel.accounted(30)
    await waitFor(async () => (await panel.value('status-producers')) === 2, { what: 'two producers' })
    await panel.filter('type:two')
    await panel.matched(20, 'the events of the second')
  })

  it('asks for access where it has none', async () => {
    page = await at.open(`http://elsewhere.test:${at.site.port}/fixtures/pages/bus.html`)
    panel = await Panel.open(page)
    await waitFor(() => panel.has('no-access'), { what: 'the panel to say that it has no access' })
    expect(await panel.text('no-access')).toContain('elsewhere.test')
    expect(await panel.has('grant')).toBe(true)
    await page.goto(`${at.site.origin}/fixtures/pages/bus.html?burst=3`)
    await panel.connected()
    expect(await panel.has('no-access')).toBe(false)
  })

  it('connects again after the extension was reloaded', async () => {
    ;({ page, panel } = await at.show('/fixtures/pages/bus.html?burst=25'))
    await panel.accounted(25)
    const { frame } = panel
    await at.chromium.browser.installExtension(CHROMIUM_EXTENSION)
    await waitFor(() => frame.detached, { what: 'the old panel to be gone' })
    await page.evaluate(() => app.emit(5))
    panel = await panel.reopen()
    await panel.connected()
    await panel.accounted(30)
  })
})
