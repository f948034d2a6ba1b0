import type { Frame, KeyInput, Page } from 'puppeteer-core'
import { clickOn, type Target } from './click'
import { openPanel, reopenPanel } from './devtools'
import { waitFor } from './wait'

/** Our panel in real DevTools, read and driven as a user does. */
export class Panel {
  private constructor(
    readonly frame: Frame,
    /** The DevTools window around the panel, which takes the keys. */
    readonly devtools: Page,
    private readonly page: Page,
  ) {}

  static async open(page: Page): Promise<Panel> {
    return new Panel(await openPanel(page), await page.openDevTools(), page)
  }

  async reopen(): Promise<Panel> {
    return new Panel(await reopenPanel(this.page), await this.page.openDevTools(), this.page)
  }

  /** Clicks an element with the real mouse, as `clickOn` does. */
  click(testId: string, count = 1): Promise<void> {
    return this.clickOn(byTestId(testId), testId, count)
  }

  clickOn(target: Target, what?: string, count?: number): Promise<void> {
    return clickOn(this.frame, target, what, count)
  }

  async text(testId: string): Promise<string> {
    return this.frame.$eval(byTestId(testId), element => element.textContent ?? '')
  }

  /** Returns the exact number that an element shows rounded, from its `data-value`. */
  async value(testId: string): Promise<number> {
    return Number(await this.frame.$eval(byTestId(testId), element => element.getAttribute('data-value')))
  }

  async has(testId: string): Promise<boolean> {
    return (await this.frame.$(byTestId(testId))) !== null
  }

  /** Waits until the panel is connected to the page. */
  async connected(): Promise<void> {
    await waitFor(async () => (await this.attribute('status-connection', 'data-phase')) === 'connected', {
      what: 'the panel to be connected',
    })
  }

  async attribute(testId: string, name: string): Promise<string | null> {
    return this.frame.$eval(byTestId(testId), (element, attribute) => element.getAttribute(attribute), name)
  }

  /** Returns the events that are stored and those known to be missing, as the status line says. */
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

  /** Returns the rows of events that the list shows, in the order of seqs. */
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

  /** Clicks the row in the middle of a list that is at rest. Resolves with its seq when it alone is selected and the inspector shows it. */
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

  /** Presses keys one after the other, wherever the focus is. */
  async key(...keys: KeyInput[]): Promise<void> {
    for (const key of keys) await this.devtools.keyboard.press(key)
  }

  /** Presses a key, or does something else, while another key is held down. */
  async holding(key: 'Control' | 'Shift' | 'Alt', work: KeyInput | (() => Promise<unknown>)): Promise<void> {
    const { keyboard } = this.devtools
    await keyboard.down(key)
    try {
      await (typeof work === 'string' ? keyboard.press(work) : work())
    } finally {
      await keyboard.up(key)
    }
  }

  /** Returns the text of the filter box. */
  filterText(): Promise<string> {
    return this.frame.$eval(byTestId('filter-input'), input => (input as HTMLInputElement).value)
  }

  /** Types into the filter box, and moves the focus to the list, because the completions would lie over the rows. */
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

  /** Waits until the filter is done and so many events passed it. */
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

  /** Waits until no events arrive any more and all are on disk; resolves with their number. The page must not emit meanwhile. */
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

/** Returns the selector of an element by its `data-testid`. */
export function byTestId(testId: string): string {
  return `[data-testid="${testId}"]`
}
