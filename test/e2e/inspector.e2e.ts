import type { Page } from 'puppeteer-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { byTestId, type Panel } from '../support/panel'
import { stopPayments } from '../support/payments'
import { SDK_MOUNTS } from '../support/server'
import { useBrowser } from '../support/use-browser'
import { waitFor } from '../support/wait'

declare const app: {
  bus: { emit(type: string, data: unknown): void; on(type: string, handler: (data: { i: number }) => void): void }
}

const at = useBrowser({ mounts: SDK_MOUNTS })
let page: Page
let panel: Panel

const texts = (selector: string) => panel.frame.$$eval(selector, found => found.map(one => one.textContent ?? ''))
const inspected = async () => Number(await panel.attribute('inspector', 'data-seq'))
const focused = (attribute: string) =>
  panel.frame.evaluate(name => document.activeElement?.getAttribute(name) ?? null, attribute)
const until = (what: string, holds: () => Promise<boolean>) => waitFor(holds, { what })
/** The line of the payload or of the differences whose key is this. */
const clickLine = async (tree: string, key: string) => {
  const line = async () => {
    for (const one of await panel.frame.$$(`${byTestId(tree)} [role="treeitem"]`)) {
      const found = await one.evaluate((it, wanted) => it.querySelector('.key')?.textContent === `${wanted}: `, key)
      if (found) return one
    }
    return undefined
  }
  await panel.clickOn(line, `the line ${key}`)
  await until(
    `the line ${key} to be the one the keys are at`,
    async () => (await panel.text('path')) === `payload.${key}`,
  )
}
const seqsOf = (selector: string) =>
  panel.frame.$$eval(selector, rows => rows.map(row => Number(row.getAttribute('data-seq'))))

describe('the inspector, on payments', () => {
  beforeAll(async () => {
    ;({ page, panel } = await at.show('/payments/?speed=20&seed=3&expose'))
    await until('some events', async () => (await panel.counts()).events > 400)
    await stopPayments(page, panel)
    all = await panel.settled()
    await filtered('type:Settlement')
    await panel.clickRow()
  })

  let all: number
  /** How many events the filter lets through, once that is known. */
  const fewerThan = async (before: number) => {
    let count = -1
    await until('fewer events', async () => {
      count = await panel.value('view-matched')
      return count > 0 && count < before && (await panel.attribute('view-matched', 'data-done')) === 'true'
    })
    return count
  }
  /** All events, or those of a type. By way of all of them: what is shown then was not so before. */
  const filtered = async (text: '' | `type:${string}`) => {
    await panel.filter('')
    await panel.matched(all, 'all events to be shown')
    if (!text) return
    await panel.filter(text)
    await until(`only ${text} to be shown`, async () => {
      const rows = await panel.rows()
      return rows.length > 0 && rows.every(row => row.type === text.slice(5))
    })
  }

  it('walks through the payload by keys, which stay there', async () => {
    const seq = await inspected()
    await clickLine('payload', 'tick')
    await panel.key('b', 'a')
    await until('typing to find balanceBefore', async () => (await panel.text('path')) === 'payload.balanceBefore')
    await panel.key('j', 'End', 'Home', 'ArrowLeft')
    await until('the payload to be folded', async () => {
      return (await panel.frame.$$(`${byTestId('payload')} [role="treeitem"]`)).length === 1
    })
    await panel.key('ArrowRight', 'ArrowRight')
    await until('its first line', async () => (await panel.text('path')) === 'payload.tick')
    await panel.key('Tab')
    expect(await focused('data-testid')).toBe('copy-path')
    expect(await inspected()).toBe(seq)
  })

  it('finds within the payload', async () => {
    await clickLine('payload', 'tick')
    await panel.key('Slash')
    await until('/ to go to the search', async () => (await focused('data-testid')) === 'payload-search')
    await panel.devtools.keyboard.type('bank')
    await until('two matches', async () => (await panel.text('payload-found')) === '2')
    await panel.key('Enter', 'Enter')
    await until('the second', async () => (await panel.text('payload-found')) === '2 of 2')
    expect(await texts('.leaf.found mark')).toEqual(['BANK'])
    expect(await panel.text('path')).toBe('payload.to')
    await panel.holding('Control', 'a')
    await panel.key('Backspace')
    await until('the search to be over', async () => (await panel.text('payload-found')) === '')
  })

  it('filters by a value, and shows it as a column', async () => {
    await clickLine('payload', 'agentId')
    const line = (await texts(`${byTestId('payload')} .current`))[0] ?? ''
    const bank = /BANK_\w/.exec(line)?.[0] ?? ''
    const before = await panel.value('view-matched')
    await panel.click('filter-value')
    await until('the value in the filter', async () => {
      return (await panel.filterText()) === `type:Settlement payload.agentId=${bank}`
    })
    // The facet of this name has the same values.
    const only = await fewerThan(before)
    await panel.filter(`type:Settlement agentId=${bank}`)
    await panel.matched(only, 'its payments')
    await clickLine('payload', 'amount')
    await panel.click('show-column')
    await until('a column', async () => (await texts('.row.head, [data-testid^="head-"]')).join().includes('amount'))
    await filtered('type:Settlement')
  })

  it('compares with the event of the same type before, and with a second chosen one', async () => {
    const seq = await panel.clickRow()
    await panel.click('tab-diff')
    const before = (await panel.rows()).filter(row => row.seq < seq).at(-1)?.seq
    await until('the one before', async () => (await panel.text('diff-other')) === `Settlement #${before}`)
    const changed = () => texts(`${byTestId('diff')} .diff-changed, ${byTestId('diff')} .diff-added`)
    await until('as many lines as differences', async () => {
      return (await changed()).length === (await panel.value('diff-count'))
    })
    const lines = await changed()
    expect(lines.join()).toMatch(/txId: .*TX-.* → .*TX-/)
    await panel.click('diff-path')
    await panel.devtools.keyboard.type('tx')
    await until('only the path asked for', async () => (await texts(`${byTestId('diff')} .leaf`)).length === 2)
    await panel.key('Backspace', 'Backspace')

    const first = (await panel.rows())[0]?.seq ?? -1
    await panel.holding('Control', () => panel.clickOn(`${byTestId('row')}[data-seq="${first}"]`))
    await until('the second one', async () => {
      const other = await panel.text('diff-other')
      return (await panel.text('diff-head')).startsWith('Other') && other === `Settlement #${seq}`
    })
    await panel.clickRow()
  })

  it('shows every event with the same value, over time and as a list', async () => {
    await panel.click('tab-payload')
    await panel.clickRow()
    // Where the list stands above, they leave the room to the payload.
    expect(await panel.frame.$eval('.facts-box', facts => (facts as HTMLDetailsElement).open)).toBe(false)
    await panel.click('facts')
    const facet = async () => {
      for (const link of await panel.frame.$$(byTestId('facet-link'))) {
        if (await link.evaluate(one => one.textContent?.startsWith('TX-'))) return link
      }
      return undefined
    }
    await panel.clickOn(facet, 'the facet txId')
    await until('its events', async () => (await panel.value('entity-total')) >= 2)
    const total = await panel.value('entity-total')
    expect((await panel.frame.$$('.entity-time circle')).length).toBeGreaterThan(0)
    const listed = () => seqsOf(`${byTestId('entity-row')}[data-seq]`)
    await until('all its rows', async () => (await listed()).length === total)
    await filtered('')
    expect(total).toBeLessThan(all)
    await panel.click('entity-filter')
    await panel.matched(total, 'the table to show as many')

    const seqs = await listed()
    await panel.clickOn(`${byTestId('entity-row')}[data-seq="${seqs[0]}"]`)
    await until('the first of them to be inspected', async () => (await inspected()) === seqs[0])
    await panel.key('ArrowDown', 'Enter')
    await until('the second of them by keys', async () => (await inspected()) === seqs[1])
    await panel.click('entity-order')
    await until('the newest first', async () => (await listed()).join() === [...seqs].reverse().join())
  })

  it('shows where the event is among very many with the same value', async () => {
    await panel.filter('day=1')
    await panel.key('g')
    await until('the first event', async () => (await inspected()) === 0)
    const day = () =>
      panel.frame.$$eval(
        `${byTestId('entity-choice')} option`,
        found => found.find(option => option.textContent?.startsWith('day '))?.getAttribute('value') ?? '',
      )
    await until('its day', async () => (await day()) !== '')
    await panel.frame.select(byTestId('entity-choice'), await day())
    await until('the events of the day', async () => (await panel.value('entity-total')) > 200)
    const total = await panel.value('entity-total')
    await panel.frame.focus(byTestId('scroller'))
    await panel.key('G', 'k')
    const isInView = async () => {
      const seq = await inspected()
      return panel.frame.$eval(
        byTestId('entity'),
        (list, wanted) => {
          const row = list.querySelector(`[data-seq="${wanted}"]`)?.getBoundingClientRect()
          const { top, bottom } = list.getBoundingClientRect()
          return row !== undefined && row.top >= top - 1 && row.bottom <= bottom + 1
        },
        seq,
      )
    }
    await until('the last event among them', async () => (await inspected()) > total - 10 && (await isInView()))
    await panel.click('entity-order')
    await until('it among the newest', isInView)
    await panel.key('g')
    await until('the first event among them', async () => (await inspected()) === 0 && (await isInView()))
  })

  it('shows the whole tree of causes, folds it by keys, and filters by it', async () => {
    await panel.click('tab-cause')
    await filtered('type:Settlement')
    const seq = await panel.clickRow()
    const here = `${byTestId('related')}.here[data-seq="${seq}"]`
    await until('its place in the tree', async () => (await panel.frame.$(here)) !== null)
    expect((await texts(byTestId('related')))[0]).toContain('Tick')
    const total = await panel.value('tree-total')
    await panel.click('open-all')
    await until('all of it', async () => Number(await panel.attribute('causes', 'data-rows')) === total)

    await panel.clickOn(here)
    await until('the keys to be there', async () => (await focused('data-seq')) === String(seq))
    await panel.key('ArrowLeft')
    await panel.key('ArrowLeft')
    await panel.key('Home')
    await until('the root', async () => (await focused('aria-level')) === '1')
    await panel.key('ArrowLeft')
    await until('only the root', async () => (await panel.attribute('causes', 'data-rows')) === '1')
    await panel.key('Enter')
    await until('the root to be inspected', async () => (await inspected()) < seq)
    await filtered('')
    await panel.click('only-chain')
    await panel.matched(total, 'only this chain')
    await panel.click('only-effects')
    await until('only its effects', async () => {
      const matched = await panel.value('view-matched')
      return matched > 0 && matched < total
    })
  })

  it('says that the filter hides the event that c led to', async () => {
    await filtered('type:Settlement')
    await panel.clickRow()
    expect(await panel.has('hidden-note')).toBe(false)
    // A settlement may cause others; at the root there is none.
    await until('the note', async () => {
      if (await panel.has('hidden-note')) return true
      await panel.key('c')
      return false
    })
    await panel.clickOn(`${byTestId('hidden-note')} button`, 'the way to clear the filter')
    await until('no note', async () => !(await panel.has('hidden-note')))
    await filtered('type:Settlement')
  })

  it('goes from tab to tab by arrows, and shows the raw text', async () => {
    await panel.click('tab-cause')
    await panel.key('End')
    await until('the last tab', async () => (await focused('data-testid')) === 'tab-raw')
    await until('the text, indented', async () => (await panel.text('raw')).startsWith('{\n  "'))
    await panel.key('ArrowRight')
    await until('the first tab', async () => (await focused('data-testid')) === 'tab-payload')
    expect(await panel.attribute('tab-payload', 'aria-selected')).toBe('true')
  })
})

describe('the inspector, on a tree of 10,000 events', () => {
  const COUNT = 10_000

  beforeAll(async () => {
    await page.close()
    ;({ page, panel } = await at.show('/fixtures/pages/bus.html?capacity=20000'))
    // A root, a hundred effects, and what each of them brings about.
    await page.evaluate(() => {
      app.bus.on('root', () => {
        for (let i = 0; i < 100; i++) app.bus.emit('wave', { i })
      })
      app.bus.on('wave', () => {
        for (let i = 0; i < 98; i++) app.bus.emit('drop', { i })
      })
      app.bus.emit('root', {})
      for (let i = 0; i < 99; i++) app.bus.emit('alone', { i })
    })
    await panel.accounted(COUNT)
    await panel.filter('type:drop payload.i=50')
    await panel.matched(100, 'the drops')
    await panel.clickRow()
    await panel.click('tab-cause')
  })

  it('opens all of it, draws what is in view, and goes to its end by keys', async () => {
    await until('the tree', async () => (await panel.value('tree-total')) === 9901)
    // The root, its effects, and those of the one that caused this event.
    await until('the rows around the event', async () => (await panel.attribute('causes', 'data-rows')) === '199')
    await panel.click('open-all')
    await until('all rows', async () => (await panel.attribute('causes', 'data-rows')) === '9901')
    expect((await panel.frame.$$(byTestId('related'))).length).toBeLessThan(120)
    await panel.clickOn(`${byTestId('related')}.here`)
    await panel.key('End')
    await until('the last one', async () => (await focused('data-seq')) === '9900')
    await panel.key('ArrowLeft')
    await until('what caused it', async () => (await focused('aria-level')) === '2')
    await panel.key('ArrowLeft')
    await until('it to be folded', async () => (await panel.attribute('causes', 'data-rows')) === '9803')
    await panel.key('Home')
    await until('the root', async () => (await focused('data-seq')) === '0')
  })
})
