import type { Frame, KeyInput, Page } from 'puppeteer-core'
import { clickOn, type Target } from './click'
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

  /** Clicks with the real mouse, as `clickOn`. */
  click(testId: string, count = 1): Promise<void> {
    return this.clickOn(byTestId(testId), testId, count)
  }

  clickOn(target: Target, what?: string, count?: number): Promise<void> {
    return clickOn(this.frame, target, what, count)
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

  /** Clicks the row in the middle of a list that is at rest, and returns its seq once it alone is selected, and inspected. */
  async clickRow(): Promise<number> {
    const middle = async () => {
      const rows = await this.frame.$$(`${byTestId('row')}[data-seq]`)
      return rows[Math.floor(rows.length / 2)]
    }
    await this.clickOn(middle, 'the row in the middle')
    let seq = -1
    await waitFor(
      async () => {
        const [row, other] = (await this.rows()).filter(({ selected }) => selected)
        seq = row && !other ? row.seq : -1
        return seq >= 0 && (await this.attribute('inspector', 'data-seq')) === String(seq)
      },
      { what: 'the clicked row to be selected and inspected' },
    )
    return seq
  }

  /** Presses keys, one after the other: they go where the focus is. */
  async key(...keys: KeyInput[]): Promise<void> {
    for (const key of keys) await this.devtools.keyboard.press(key)
  }

  /** Presses a key, or does what else the user does, while another one is down. */
  async holding(key: 'Control' | 'Shift' | 'Alt', work: KeyInput | (() => Promise<unknown>)): Promise<void> {
    const { keyboard } = this.devtools
    await keyboard.down(key)
    try {
      await (typeof work === 'string' ? keyboard.press(work) : work())
    } finally {
      await keyboard.up(key)
    }
  }

  /** What the filter box says. */
  filterText(): Promise<string> {
    return this.frame.$eval(byTestId('filter-input'), input => (input as HTMLInputElement).value)
  }

  /** Types into the filter box, and leaves it: what it offers would lie over the rows. */
  async filter(text: string): Promise<void> {
    await this.click('filter-input')
    await this.holding('Control', 'a')
    if (text) await this.devtools.keyboard.type(text)
    else await this.devtools.keyboard.press('Backspace')
    await waitFor(async () => (await this.filterText()) === text, { what: `the filter box to say "${text}"` })
    await this.frame.focus(byTestId('scroller'))
    await waitFor(async () => (await this.attribute('filter-input', 'aria-expanded')) !== 'true', {
      what: 'what the filter box offers to go',
    })
  }

  /** Waits until the view holds so many events, all of them found. */
  async matched(count: number, what: string, timeout?: number): Promise<void> {
    let matched = -1
    await waitFor(
      async () => {
        matched = await this.value('view-matched')
        return matched === count && (await this.attribute('view-matched', 'data-done')) === 'true'
      },
      { what, timeout },
    ).catch(error => {
      throw new Error(`${error.message}: ${count} wanted, ${matched} shown`)
    })
  }

  /** Waits until nothing arrives any more and all of it is on disk; the number of events. The page must be at rest. */
  async settled(): Promise<number> {
    let last = -1
    await waitFor(
      async () => {
        const before = last
        last = (await this.counts()).events
        return last === before && (await this.value('status-persisted')) === last
      },
      { what: 'everything to be on disk', every: 300 },
    )
    return last
  }
}

export function byTestId(testId: string): string {
  return `[data-testid="${testId}"]`
}
