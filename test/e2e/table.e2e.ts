import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Chromium, launchChromium } from '../support/chromium'
import { byTestId, Panel } from '../support/panel'
import { SDK_MOUNTS, type Site, startServer } from '../support/server'
import { waitFor } from '../support/wait'

declare const app: { bus: { emit(type: string, data: unknown): void } }

const COUNT = 3000

describe('the table', () => {
  let site: Site
  let chromium: Chromium
  let page: Page
  let panel: Panel

  beforeAll(async () => {
    site = await startServer({ mounts: SDK_MOUNTS })
    chromium = await launchChromium()
    page = await chromium.open(`${site.origin}/fixtures/pages/bus.html?capacity=200000`)
    panel = await Panel.open(page)
    await panel.connected()
    // aaa b aaa b …: every fourth event is of another type.
    await page.evaluate(total => {
      for (let i = 0; i < total; i++) app.bus.emit(i % 4 === 3 ? 'beat' : 'tick', { i, weight: (i * 7919) % 1000 })
    }, COUNT)
    await panel.accounted(COUNT)
  })
  afterAll(async () => {
    await chromium?.close()
    await site?.close()
  })

  /** Rows from top to bottom as they stand, by their place in the list. */
  const rows = () =>
    panel.frame.$$eval('[data-testid="row"]', found =>
      found
        .map(row => ({
          index: Number(row.getAttribute('aria-rowindex')),
          seq: Number(row.getAttribute('data-seq')),
          type: row.getAttribute('data-type') ?? '',
          text: row.textContent ?? '',
          top: row.getBoundingClientRect().top,
        }))
        .sort((a, b) => a.index - b.index),
    )
  const until = (what: string, holds: (found: Awaited<ReturnType<typeof rows>>) => boolean) =>
    waitFor(
      async () => {
        const found = await rows()
        return found.length > 10 && holds(found)
      },
      { what },
    )
  const withKey = async (key: 'Shift' | 'Control', work: () => Promise<unknown>) => {
    await panel.devtools.keyboard.down(key)
    await work()
    await panel.devtools.keyboard.up(key)
  }
  const clickSeq = async (seq: number) => {
    const row = await panel.frame.waitForSelector(`[data-testid="row"][data-seq="${seq}"]`)
    const box = await row?.boundingBox()
    if (!box) throw new Error(`row ${seq} is not in view`)
    await panel.devtools.mouse.click(box.x + box.width / 2, box.y + box.height / 2)
  }

  it('sorts by a column, up and down, and by time again', async () => {
    await panel.click('head-type')
    await until('beats first', found => found[0]?.type === 'beat' && found[0].seq === 3 && found[1]?.seq === 7)
    expect(await panel.attribute('head-type', 'aria-sort')).toBe('ascending')
    await panel.click('head-type')
    await until('ticks first', found => found[0]?.type === 'tick' && found[0].seq === 0)
    await panel.click('head-type')
    await until('the order of time', found => found.at(-1)?.seq === COUNT - 1)
    await panel.click('head-time')
    await until('the newest first', found => found[0]?.seq === COUNT - 1 && found[1]?.seq === COUNT - 2)
    await panel.click('head-time')
    await until('the order of time again', found => found.at(-1)?.seq === COUNT - 1)
  })

  it('shows a field of the payload as a column, which stays after a reload of the panel', async () => {
    await panel.click('columns-menu')
    await panel.click('column-search')
    await panel.devtools.keyboard.type('weight')
    await panel.click('column-field-weight')
    await panel.key('Escape', 'Escape')
    const weight = (seq: number) => String((seq * 7919) % 1000)
    await until('weights', found => found.every(row => row.text.includes(weight(row.seq))))
    panel = await panel.reopen()
    await panel.connected()
    await until('weights again', found => found.every(row => row.text.includes(weight(row.seq))))
  })

  it('moves and resizes a column by dragging', async () => {
    const box = async (testId: string) =>
      (await (await panel.frame.$(byTestId(testId)))?.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
    const before = await box('head-type')
    const edge = await box('resize-type')
    await panel.devtools.mouse.move(edge.x + 3, edge.y + 5)
    await panel.devtools.mouse.down()
    await panel.devtools.mouse.move(edge.x + 43, edge.y + 5, { steps: 4 })
    await panel.devtools.mouse.up()
    await waitFor(async () => Math.round((await box('head-type')).width - before.width) === 40, {
      what: 'a wider column',
    })
    const type = await box('head-type')
    const time = await box('head-time')
    await panel.devtools.mouse.move(type.x + 10, type.y + 8)
    await panel.devtools.mouse.down()
    await panel.devtools.mouse.move(time.x + 5, time.y + 8, { steps: 6 })
    await panel.devtools.mouse.up()
    await waitFor(async () => (await box('head-type')).x < (await box('head-time')).x, {
      what: 'the type before the time',
    })
  })

  it('groups what repeats, and opens a group in place', async () => {
    await panel.click('columns-menu')
    await panel.click('group')
    await panel.key('Escape')
    await waitFor(async () => (await panel.attribute('table', 'aria-rowcount')) === String(COUNT / 2), {
      what: 'half the rows',
    })
    await panel.devtools.keyboard.press('g')
    await until(
      'a group of three at the top',
      found => found[0]?.seq === 0 && found[1]?.seq === 3 && found[0].text.includes('×3'),
    )
    await panel.click('repeats')
    await until(
      'its events',
      found =>
        found
          .slice(0, 4)
          .map(({ seq }) => seq)
          .join() === '0,1,2,3',
    )
    expect(await panel.attribute('table', 'aria-rowcount')).toBe(String(COUNT / 2 + 2))
    await panel.click('columns-menu')
    await panel.click('group')
    await panel.key('Escape')
    await waitFor(async () => (await panel.attribute('table', 'aria-rowcount')) === String(COUNT), {
      what: 'every row',
    })
  })

  it('keeps what the user looks at in place while events arrive and filters come and go', async () => {
    await panel.key('g')
    await until('the first rows', found => found[0]?.seq === 0)
    await clickSeq(11)
    const placeOf = async (seq: number) => Math.round((await rows()).find(row => row.seq === seq)?.top ?? -1)
    const before = await placeOf(11)
    await page.evaluate(() => {
      for (let i = 0; i < 500; i++) app.bus.emit('tick', { late: i })
    })
    await panel.accounted(COUNT + 500)
    expect(await placeOf(11)).toBe(before)
    await panel.filter('type:beat')
    await waitFor(async () => (await panel.value('view-matched')) === COUNT / 4, { what: 'the beats' })
    await until('only beats', found => found.every(row => row.type === 'beat') && found.some(row => row.seq === 11))
    expect(await panel.attribute('inspector', 'data-seq')).toBe('11')
    await panel.filter('')
    await until(
      'all of them around it',
      found => found.some(row => row.type === 'tick') && found.some(row => row.seq === 11),
    )
  })

  it('chooses several rows and copies them', async () => {
    await clickSeq(11)
    await withKey('Shift', () => clickSeq(14))
    await waitFor(async () => (await panel.value('selection-size')) === 4, { what: 'four chosen rows' })
    await withKey('Control', () => clickSeq(12))
    await waitFor(async () => (await panel.value('selection-size')) === 3, { what: 'one row less' })
    const chosen = await panel.frame.$$eval('[data-testid="row"][aria-selected="true"]', found => found.length)
    expect(chosen).toBe(3)
    await panel.click('copy-json')
    await waitFor(async () => (await panel.text('toast')) === '3 events copied.', { what: 'the panel to say so' })
    await panel.click('filter-input')
    await withKey('Control', () => panel.devtools.keyboard.press('v'))
    const pasted = await panel.frame.$eval(byTestId('filter-input'), input => (input as HTMLInputElement).value)
    expect(pasted).toContain('"payload":{"i":13,"weight":')
    await panel.filter('')
  })

  it('finds among all events, and goes from match to match', async () => {
    await panel.key('Escape', 'Escape')
    await panel.filter('type:beat')
    await panel.key('f')
    await waitFor(async () => (await panel.value('view-matched')) === COUNT + 500, { what: 'everything, with matches' })
    await waitFor(async () => (await panel.value('found')) === COUNT / 4, {
      what: 'as many matches as there are beats',
    })
    await panel.key('g')
    const selected = async () => Number(await panel.attribute('inspector', 'data-seq'))
    await panel.key('n')
    await waitFor(async () => (await selected()) === 3, { what: 'the first match' })
    await panel.key('n')
    await waitFor(async () => (await selected()) === 7, { what: 'the second match' })
    await withKey('Shift', () => panel.devtools.keyboard.press('N'))
    await waitFor(async () => (await selected()) === 3, { what: 'the first match again' })
    await panel.key('f')
    await panel.filter('')
  })

  it('has every command in its palette, and marks an event with a key', async () => {
    await panel.key('Escape', 'Escape')
    await clickSeq((await rows())[5]?.seq ?? 0)
    await panel.key('b')
    await panel.filter('is:bookmarked')
    await waitFor(async () => (await panel.value('view-matched')) === 1, { what: 'the bookmarked event' })
    await withKey('Control', () => panel.devtools.keyboard.press('k'))
    await panel.frame.waitForSelector(byTestId('palette-input'))
    await panel.devtools.keyboard.type('clear the fil')
    await panel.key('Enter')
    await waitFor(async () => (await panel.value('view-matched')) === COUNT + 500, { what: 'everything' })
  })
})
