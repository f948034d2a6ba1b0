import type { Frame, Page } from 'puppeteer-core'
import { describe, expect, it } from 'vitest'
import { clickOn } from '../support/click'
import { byTestId } from '../support/panel'
import { SDK_MOUNTS } from '../support/server'
import { useBrowser } from '../support/use-browser'
import { waitFor } from '../support/wait'

declare const app: { emit(count: number, type?: string): void }

const BUS = '/fixtures/pages/bus.html'

describe('a link', () => {
  const at = useBrowser({ mounts: SDK_MOUNTS, fresh: 'browser' })

  /** What a panel shows, in DevTools or as a page. */
  const shown = async (panel: Page | Frame) => ({
    box: await panel.$eval(byTestId('filter-input'), input => (input as HTMLInputElement).value).catch(() => ''),
    from: await panel.$eval(byTestId('timeline'), it => Number(it.getAttribute('data-from'))).catch(() => -1),
    to: await panel.$eval(byTestId('timeline'), it => Number(it.getAttribute('data-to'))).catch(() => -1),
    matched: await panel.$eval(byTestId('view-matched'), it => Number(it.getAttribute('data-value'))).catch(() => -1),
    seq: await panel.$eval(byTestId('inspector'), it => Number(it.getAttribute('data-seq'))).catch(() => -1),
  })
  const shows = (panel: Page | Frame, wanted: Partial<Awaited<ReturnType<typeof shown>>>) =>
    waitFor(async () => matches(await shown(panel), wanted), { what: JSON.stringify(wanted) }).catch(async error => {
      throw new Error(`${error.message}: ${JSON.stringify(await shown(panel))}`)
    })

  it('with a range brings back the stretch of the timeline, in the panel', async () => {
    const { page, panel } = await at.show(BUS)
    await page.evaluate(() => app.emit(50, 'tick'))
    await panel.accounted(50)
    await shows(panel.frame, { matched: 50 })
    await panel.click('filter-input')
    await paste(panel.frame, 'playhead:filter=type%3At*&from=1&to=3.5')
    await shows(panel.frame, { box: 'type:t*', from: 1, to: 3.5 })
  })

  it('to another session opens that one, in the panel', async () => {
    const { page, panel } = await at.show(BUS)
    await page.evaluate(() => app.emit(30, 'old'))
    await panel.accounted(30)
    const seq = await panel.clickRow()
    await panel.click('saved-filters')
    const [link] = await copied(panel.frame, () => panel.click('copy-link'))
    await panel.key('Escape')
    await panel.click('toolbar-clear')
    await waitFor(async () => (await panel.counts()).events === 0, { what: 'an empty session' })
    await page.evaluate(() => app.emit(7, 'new'))
    await panel.accounted(7)
    await panel.click('filter-input')
    await paste(panel.frame, link as string)
    await shows(panel.frame, { matched: 30, seq })
    // One that is not here is told.
    await paste(panel.frame, 'playhead:filter=is%3Aroot&session=01ARZ3NDEKTSV4RRFFQ69G5FAV')
    await waitFor(() => panel.has('message'), { what: 'a message' })
    expect(await panel.text('message')).toContain('not here')
    await shows(panel.frame, { box: 'is:root' })
  })

  it('to a session of another app leaves the filter of this one alone', async () => {
    const other = await at.show(`${BUS}?name=other`)
    await other.page.evaluate(() => app.emit(30, 'old'))
    await other.panel.accounted(30)
    await other.panel.settled()
    await other.panel.click('saved-filters')
    const [link] = await copied(other.panel.frame, () => other.panel.click('copy-link'))
    const { page, panel } = await at.show(`${BUS}?name=this`)
    await page.evaluate(() => app.emit(8, 'new'))
    await panel.accounted(8)
    await panel.filter('type:n*')
    await shows(panel.frame, { box: 'type:n*', matched: 8 })
    await panel.click('filter-input')
    await paste(panel.frame, `${link}&filter=type%3Aold`)
    await shows(panel.frame, { box: 'type:old', matched: 30 })
    await panel.click('session-menu')
    await panel.click('session-live')
    await shows(panel.frame, { box: 'type:n*', matched: 8 })
  })

  it('opens a range and a session on the standalone page', async () => {
    const chromium = await at.launch({ extension: undefined })
    const address = `${at.site.origin}/panel/standalone.html`
    const page = await chromium.open(`${address}?app=${BUS}`)
    await waitFor(async () => (await phase(page)) === 'connected', { what: 'the app' })
    const inner = page.frames().find(frame => new URL(frame.url()).pathname === BUS)
    await inner?.evaluate(() => app.emit(25, 'tick'))
    await shows(page, { matched: 25 })
    await clickOn(page, byTestId('saved-filters'))
    const { from, to } = await shown(page)
    // Within the session, in steps that an address keeps.
    const range = [0.25, 0.75].map(share => Math.round(from + share * (to - from)) + share) as [number, number]
    const [link] = await copied(page, () => clickOn(page, byTestId('copy-link')))
    const session = /session=(\w+)/.exec(link ?? '')?.[1]
    expect(link?.startsWith(address)).toBe(true)
    await waitFor(() => page.$eval(byTestId('status-persisted'), it => Number(it.getAttribute('data-value')) === 25), {
      what: 'the events on disk',
    })
    // Alone, without the app: the link says which session is meant.
    const other = await chromium.open(
      `${address}#playhead:filter=type%3Atick&from=${range[0]}&to=${range[1]}&session=${session}`,
    )
    await shows(other, { box: 'type:tick', matched: 25, from: range[0], to: range[1] })
    expect(await other.evaluate(() => location.hash)).toBe('')
  })
})

function matches(is: Record<string, unknown>, wanted: Record<string, unknown>): boolean {
  return Object.entries(wanted).every(([key, value]) => is[key] === value)
}

const phase = (page: Page) =>
  page.$eval(byTestId('status-connection'), it => it.getAttribute('data-phase')).catch(() => '')

/** As if it came from the clipboard, which other tests use as well. */
async function paste(at: Page | Frame, text: string): Promise<void> {
  await at.$eval(
    byTestId('filter-input'),
    (input, given) => {
      const clipboardData = new DataTransfer()
      clipboardData.setData('text', given)
      input.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
    },
    text,
  )
}

/** What is put into the clipboard meanwhile. */
async function copied(at: Page | Frame, work: () => Promise<unknown>): Promise<string[]> {
  await at.evaluate(() => {
    const texts: string[] = []
    Object.assign(window, { copiedTexts: texts })
    addEventListener('copy', () =>
      texts.push(getSelection()?.toString() || (document.activeElement as HTMLTextAreaElement).value),
    )
  })
  await work()
  return waitFor(
    async () => {
      const texts = (await at.evaluate('window.copiedTexts')) as string[]
      return texts.length > 0 ? texts : undefined
    },
    { what: 'a copied text' },
  )
}
