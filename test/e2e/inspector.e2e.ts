import type { ElementHandle, Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Chromium, launchChromium } from '../support/chromium'
import { byTestId, Panel } from '../support/panel'
import { SDK_MOUNTS, type Site, startServer } from '../support/server'
import { waitFor } from '../support/wait'

declare const app: {
  bus: { emit(type: string, data: unknown): void; on(type: string, handler: (data: { i: number }) => void): void }
}

let site: Site
let chromium: Chromium
let page: Page
let panel: Panel

beforeAll(async () => {
  site = await startServer({ mounts: SDK_MOUNTS })
  chromium = await launchChromium()
})
afterAll(async () => {
  await chromium?.close()
  await site?.close()
})

const texts = (selector: string) => panel.frame.$$eval(selector, found => found.map(one => one.textContent ?? ''))
const inspected = async () => Number(await panel.attribute('inspector', 'data-seq'))
const focused = (attribute: string) =>
  panel.frame.evaluate(name => document.activeElement?.getAttribute(name) ?? null, attribute)
const click = async (selector: string) => {
  const element = (await panel.frame.waitForSelector(selector, { visible: true })) as ElementHandle<Element> | null
  await element?.click()
}
const until = (what: string, holds: () => Promise<boolean>) => waitFor(holds, { what })
/** The line of the payload or of the differences whose key is this. */
const clickLine = async (tree: string, key: string) => {
  const lines = await panel.frame.$$(`${byTestId(tree)} [role="treeitem"]`)
  for (const line of lines) {
    if (await line.evaluate((one, wanted) => one.querySelector('.key')?.textContent === `${wanted}: `, key)) {
      return line.click()
    }
  }
  throw new Error(`no line ${key}: ${(await texts(`${byTestId(tree)} [role="treeitem"]`)).join(' | ')}`)
}

describe('the inspector, on payments', () => {
  beforeAll(async () => {
    page = await chromium.open(`${site.origin}/payments/?speed=20&seed=3&expose`)
    panel = await Panel.open(page)
    await panel.connected()
    await until('some events', async () => (await panel.counts()).events > 400)
    await page.bringToFront()
    await (await page.waitForSelector(byTestId('pause')))?.click()
    await panel.devtools.bringToFront()
    await filtered('type:Settlement')
    await panel.clickRow()
  })

  const filtered = async (text: string) => {
    await panel.filter(text)
    await until(`${text} to be shown`, async () => {
      const rows = await panel.rows()
      return rows.length > 0 && (!text.startsWith('type:') || rows.every(row => row.type === text.slice(5)))
    })
  }

  it('walks through the payload by keys, which stay there', async () => {
    const seq = await inspected()
    await clickLine('payload', 'tick')
    await panel.key('b', 'a')
    await until('typing to find balanceBefore', async () => (await panel.text('path')) === 'balanceBefore')
    await panel.key('j', 'End', 'Home', 'ArrowLeft')
    await until('the payload to be folded', async () => {
      return (await panel.frame.$$(`${byTestId('payload')} [role="treeitem"]`)).length === 1
    })
    await panel.key('ArrowRight', 'ArrowRight')
    await until('its first line', async () => (await panel.text('path')) === 'tick')
    await panel.key('Tab')
    expect(await focused('data-testid')).toBe('copy-path')
    expect(await inspected()).toBe(seq)
  })

  it('finds within the payload', async () => {
    await clickLine('payload', 'tick')
    await panel.key('Slash')
    expect(await focused('data-testid')).toBe('payload-search')
    await panel.devtools.keyboard.type('bank')
    await until('two matches', async () => (await panel.text('payload-found')) === '2')
    await panel.key('Enter', 'Enter')
    await until('the second', async () => (await panel.text('payload-found')) === '2 of 2')
    expect(await texts('.leaf.found mark')).toEqual(['BANK'])
    expect(await panel.text('path')).toBe('to')
    await panel.devtools.keyboard.down('Control')
    await panel.key('a')
    await panel.devtools.keyboard.up('Control')
    await panel.key('Backspace')
    await until('the search to be over', async () => (await panel.text('payload-found')) === '')
  })

  it('filters by a value, and shows it as a column', async () => {
    await clickLine('payload', 'agentId')
    const line = (await texts(`${byTestId('payload')} .current`))[0] ?? ''
    const bank = /BANK_\w/.exec(line)?.[0] ?? ''
    await panel.click('filter-value')
    await until('only its payments', async () => {
      const rows = await panel.rows()
      return rows.length > 0 && rows.every(row => row.text.includes(bank))
    })
    const filter = await panel.frame.$eval(byTestId('filter-input'), input => (input as HTMLInputElement).value)
    expect(filter).toBe(`type:Settlement payload.agentId=${bank}`)
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
    const lines = await texts(`${byTestId('diff')} .diff-changed, ${byTestId('diff')} .diff-added`)
    expect(lines.length).toBe(Number(await panel.attribute('diff-count', 'data-value')))
    expect(lines.join()).toMatch(/txId: .*TX-.* → .*TX-/)
    await panel.click('diff-path')
    await panel.devtools.keyboard.type('tx')
    await until('only the path asked for', async () => (await texts(`${byTestId('diff')} .leaf`)).length === 2)
    await panel.key('Backspace', 'Backspace')

    const first = (await panel.rows())[0]?.seq ?? -1
    await panel.devtools.keyboard.down('Control')
    await click(`${byTestId('row')}[data-seq="${first}"]`)
    await panel.devtools.keyboard.up('Control')
    await until('the second one', async () => {
      const other = await panel.text('diff-other')
      return (await panel.text('diff-head')).startsWith('Other') && other === `Settlement #${seq}`
    })
    await panel.clickRow()
  })

  it('shows every event with the same value, over time and as a list', async () => {
    await panel.click('tab-payload')
    await panel.clickRow()
    const facets = await panel.frame.$$(byTestId('facet-link'))
    const names = await Promise.all(facets.map(facet => facet.evaluate(one => one.textContent ?? '')))
    const at = names.findIndex(name => name.startsWith('TX-'))
    await facets[at]?.click()
    await until('its events', async () => (await panel.value('entity-total')) >= 2)
    const total = await panel.value('entity-total')
    expect((await panel.frame.$$('.entity-time circle')).length).toBeGreaterThan(0)
    await until(
      'all its rows',
      async () => (await panel.frame.$$(`${byTestId('entity-row')}[data-seq]`)).length === total,
    )
    await filtered('')
    await panel.click('entity-filter')
    await until('the table to show as many', async () => (await panel.value('view-matched')) === total)

    const seqs = await panel.frame.$$eval(byTestId('entity-row'), rows =>
      rows.map(row => Number(row.getAttribute('data-seq'))),
    )
    await click(`${byTestId('entity-row')}[data-seq="${seqs[0]}"]`)
    await until('the first of them to be inspected', async () => (await inspected()) === seqs[0])
    await panel.key('ArrowDown', 'Enter')
    await until('the second of them by keys', async () => (await inspected()) === seqs[1])
    await panel.click('entity-order')
    await until('the newest first', async () => {
      const rows = await panel.frame.$$eval(byTestId('entity-row'), all =>
        all.map(row => Number(row.getAttribute('data-seq'))),
      )
      return rows.join() === [...seqs].reverse().join()
    })
  })

  it('shows the whole tree of causes, folds it by keys, and filters by it', async () => {
    await filtered('')
    await panel.click('tab-cause')
    await filtered('type:Settlement')
    const seq = await panel.clickRow()
    await until('its place in the tree', async () => {
      return (await panel.frame.$(`${byTestId('related')}.here[data-seq="${seq}"]`)) !== null
    })
    expect((await texts(byTestId('related')))[0]).toContain('Tick')
    const total = await panel.value('tree-total')
    await panel.click('open-all')
    await until('all of it', async () => Number(await panel.attribute('causes', 'data-rows')) === total)

    await click(`${byTestId('related')}.here`)
    await panel.key('ArrowLeft')
    await panel.key('ArrowLeft')
    await panel.key('Home')
    expect(await focused('aria-level')).toBe('1')
    await panel.key('ArrowLeft')
    await until('only the root', async () => (await panel.attribute('causes', 'data-rows')) === '1')
    await panel.key('Enter')
    await until('the root to be inspected', async () => (await inspected()) < seq)
    await filtered('')
    await panel.click('only-chain')
    await until('only this chain', async () => (await panel.value('view-matched')) === total)
    await panel.click('only-effects')
    await until('only its effects', async () => (await panel.value('view-matched')) < total)
  })

  it('goes from tab to tab by arrows, and shows the raw text', async () => {
    await panel.click('tab-cause')
    await panel.key('End')
    expect(await focused('data-testid')).toBe('tab-raw')
    await until('the text, indented', async () => (await panel.text('raw')).startsWith('{\n  "'))
    await panel.key('ArrowRight')
    expect(await focused('data-testid')).toBe('tab-payload')
    expect(await panel.attribute('tab-payload', 'aria-selected')).toBe('true')
  })
})

describe('the inspector, on a tree of 10,000 events', () => {
  const COUNT = 10_000

  beforeAll(async () => {
    await page.close()
    page = await chromium.open(`${site.origin}/fixtures/pages/bus.html?capacity=20000`)
    panel = await Panel.open(page)
    await panel.connected()
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
    await until('the drops', async () => (await panel.value('view-matched')) === 100)
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
    await click(`${byTestId('related')}.here`)
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
