import type { Frame, Page } from 'puppeteer-core'
import { openPanel, reopenPanel } from './devtools'
import { waitFor } from './wait'

/** Our panel in real DevTools, as a user sees and drives it. */
export class Panel {
  private constructor(
    readonly frame: Frame,
    /** The DevTools window the panel lives in: it takes the keys. */
    readonly devtools: Page,
    private readonly page: Page,
  ) {}

  static async open(page: Page): Promise<Panel> {
    return new Panel(await openPanel(page), await page.openDevTools(), page)
  }

  async reopen(): Promise<Panel> {
    return new Panel(await reopenPanel(this.page), await this.page.openDevTools(), this.page)
  }

  /** Clicks with the real mouse. */
  async click(testId: string): Promise<void> {
    const element = await this.frame.waitForSelector(byTestId(testId), { visible: true })
    await element?.click()
  }

  async text(testId: string): Promise<string> {
    return this.frame.$eval(byTestId(testId), element => element.textContent ?? '')
  }

  /** A number that an element shows, exact: from `data-value`. */
  async value(testId: string): Promise<number> {
    return Number(await this.frame.$eval(byTestId(testId), element => element.getAttribute('data-value')))
  }

  async has(testId: string): Promise<boolean> {
    return (await this.frame.$(byTestId(testId))) !== null
  }

  async connected(): Promise<void> {
    await waitFor(async () => (await this.attribute('status-connection', 'data-phase')) === 'connected', {
      what: 'the panel to be connected',
    })
  }

  async attribute(testId: string, name: string): Promise<string | null> {
    return this.frame.$eval(byTestId(testId), (element, attribute) => element.getAttribute(attribute), name)
  }

  /** Events stored and events known to be missing, as the status line says. */
  async counts(): Promise<{ events: number; missing: number }> {
    return { events: await this.value('status-events'), missing: await this.value('status-gaps') }
  }

  /** Waits until stored + missing is `emitted`, and returns both. */
  async accounted(emitted: number): Promise<{ events: number; missing: number }> {
    let counts = { events: 0, missing: 0 }
    await waitFor(
      async () => {
        counts = await this.counts()
        return counts.events + counts.missing === emitted
      },
      { what: `stored + missing to be ${emitted}`, timeout: 20_000 },
    ).catch(error => {
      throw new Error(`${error.message}: ${JSON.stringify(counts)}`)
    })
    return counts
  }

  /** The rows in view, top to bottom. */
  rows(): Promise<{ seq: number; type: string; text: string; selected: boolean }[]> {
    return this.frame.$$eval('[data-testid="row"]', rows =>
      rows
        .filter(row => row.hasAttribute('data-seq'))
        .map(row => ({
          seq: Number(row.getAttribute('data-seq')),
          type: row.getAttribute('data-type') ?? '',
          text: row.textContent ?? '',
          selected: row.getAttribute('aria-selected') === 'true',
        }))
        .sort((a, b) => a.seq - b.seq),
    )
  }

  /** Clicks the row in the middle of the list with the real mouse, and returns its seq once it is the selected one. */
  async clickRow(): Promise<number> {
    let seq = -1
    await waitFor(
      async () => {
        const rows = await this.frame.$$('[data-testid="row"]')
        const row = rows[Math.floor(rows.length / 2)]
        const box = await row?.boundingBox()
        if (!row || !box) return false
        await this.devtools.mouse.click(box.x + box.width / 3, box.y + box.height / 2)
        seq = (await this.rows()).find(candidate => candidate.selected)?.seq ?? -1
        return seq >= 0 && (await this.attribute('inspector', 'data-seq')) === String(seq)
      },
      { what: 'a clicked row to be selected and inspected', every: 200 },
    )
    return seq
  }

  /** Puts the focus into the panel by a real click on the table, so that keys go there. */
  async key(...keys: Parameters<Page['keyboard']['press']>[0][]): Promise<void> {
    for (const key of keys) await this.devtools.keyboard.press(key)
  }

  /** Types into the filter box, and leaves it: what it offers would lie over the rows. */
  async filter(text: string): Promise<void> {
    await this.click('filter-input')
    await this.devtools.keyboard.down('Control')
    await this.devtools.keyboard.press('a')
    await this.devtools.keyboard.up('Control')
    if (text) await this.devtools.keyboard.type(text)
    else await this.devtools.keyboard.press('Backspace')
    await this.frame.focus(byTestId('scroller'))
  }
}

export function byTestId(testId: string): string {
  return `[data-testid="${testId}"]`
}
