import type { Page } from 'puppeteer-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { byTestId, type Panel } from '../support/panel'
import { SDK_MOUNTS } from '../support/server'
import { useBrowser } from '../support/use-browser'
import { waitFor } from '../support/wait'

declare const app: { bus: { emit(type: string, data: unknown): void } }

const COUNT = 3000

describe('the table', () => {
  const at = useBrowser({ mounts: SDK_MOUNTS })
  let page: Page
  let panel: Panel

  beforeAll(async () => {
    ;({ page, panel } = await at.show('/fixtures/pages/bus.html?capacity=200000&facets=lot'))
    // aaa b aaa b …: every fourth event is of another type.
    await page.evaluate(total => {
      for (let i = 0; i < total; i++)
        app.bus.emit(i % 4 === 3 ? 'beat' : 'tick', { i, weight: (i * 7919) % 1000, lot: `L${i % 7}` })
    }, COUNT)
    await panel.accounted(COUNT)
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
  const clickSeq = async (seq: number) => {
    await panel.clickOn(`${byTestId('row')}[data-seq="${seq}"]`, `the row ${seq}`)
  }
  const inspects = (seq: number, what: string) =>
    waitFor(async () => (await panel.attribute('inspector', 'data-seq')) === String(seq), { what })

  it('sorts by a column, up and down, and by time again', async () => {
    await panel.click('head-type')
    await until('beats first', found => found[0]?.type === 'beat' && found[0].seq === 3 && found[1]?.seq === 7)
    expect(await panel.attribute('head-type', 'aria-sort')).toBe('ascending')
    await panel.click('head-type')
    await until('ticks first', found => found[0]?.type === 'tick' && found[0].seq === 0)
    await panel.click('head-type')
    await until('the order of time', found => found.at(-1)?.seq === COUNT - 1)
    await waitFor(async () => (await panel.attribute('head-type', 'aria-sort')) === null, {
      what: 'no order of types',
    })
    await panel.click('head-time')
    await until('the newest first', found => found[0]?.seq === COUNT - 1 && found[1]?.seq === COUNT - 2)
    await panel.click('head-time')
    await until('the order of time again', found => found.at(-1)?.seq === COUNT - 1)
  })

  it('keeps the order over a reload of the panel', async () => {
    await panel.click('head-type')
    await panel.click('head-type')
    await until('ticks first', found => found[0]?.type === 'tick' && found[0].seq === 0)
    panel = await panel.reopen()
    await panel.connected()
    await until('ticks first again', found => found[0]?.type === 'tick' && found[0].seq === 0)
    expect(await panel.attribute('head-type', 'aria-sort')).toBe('descending')
    await panel.click('head-type')
    await until('the order of time', found => found.at(-1)?.seq === COUNT - 1)
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

  it('offers facets as columns before anything is selected', async () => {
    await panel.key('Escape', 'Escape')
    expect(await panel.has('inspector')).toBe(false)
    await panel.click('columns-menu')
    await panel.click('column-facet-lot')
    await panel.key('Escape')
    await until('lots', found => found.every(row => row.text.includes(`L${row.seq % 7}`)))
    expect(await panel.has('head-facet:lot')).toBe(true)
    await panel.click('columns-menu')
    await panel.click('column-facet-lot')
    await panel.key('Escape')
    await waitFor(async () => !(await panel.has('head-facet:lot')), { what: 'no column of lots' })
  })

  it('moves and resizes a column by dragging', async () => {
    const box = async (testId: string) => {
      const found = await (await panel.frame.$(byTestId(testId)))?.boundingBox()
      if (!found) throw new Error(`${testId} is not in view`)
      return found
    }
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
      found => found[0]?.seq === 0 && found[1]?.seq === 3 && /×3.*over (no time|[\d.]+ (µs|ms)) · /.test(found[0].text),
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

  it('unfolds a payload in place by mouse and keys, over which keys go on', async () => {
    await panel.filter('')
    await panel.holding('Shift', 'G')
    await until('the newest', found => found.at(-1)?.seq === COUNT - 1)
    await clickSeq(COUNT - 10)
    await inspects(COUNT - 10, 'the event')
    const lines = () => panel.frame.$$eval('[data-testid="line-row"]', found => found.map(it => it.textContent))
    const tops = async () => new Map((await rows()).map(({ seq, top }) => [seq, Math.round(top)]))

    await panel.key('ArrowRight')
    const i = COUNT - 10
    const payload = JSON.stringify({ i, weight: (i * 7919) % 1000, lot: `L${i % 7}` }, null, 2).split('\n')
    await waitFor(async () => (await lines()).join() === payload.join(), { what: 'the lines of the payload' })
    const after = await tops()
    const [above, below] = [after.get(COUNT - 10) ?? 0, after.get(COUNT - 9) ?? 0]
    expect(below - above).toBe(6 * 22)
    // Lines are no events that came.
    expect(await panel.text('to-end')).toBe('↓ Latest')

    await panel.key('j')
    await inspects(COUNT - 9, 'the next event, not a line')
    await panel.key('k')
    await inspects(COUNT - 10, 'the event again')
    // It stays unfolded under a filter, and goes with it.
    await panel.filter(`payload.i>=${COUNT - 11}`)
    await panel.matched(11, 'the eleven newest')
    await waitFor(async () => (await lines()).length === 5, { what: 'its lines among what matches' })
    await panel.filter('')
    await panel.matched(COUNT, 'everything again')
    await panel.clickOn(`${byTestId('row')}[data-seq="${i}"] ${byTestId('unfold')}`, 'the sign of the row')
    await waitFor(async () => (await lines()).length === 0, { what: 'it folded' })
    expect((await tops()).get(COUNT - 10)).toBeDefined()
  })

  it('keeps what the user looks at in place while events arrive and filters come and go', async () => {
    await panel.key('g')
    await until('the first rows', found => found[0]?.seq === 0)
    await clickSeq(11)
    // The inspector takes of the list's height: until it is there, its rows may move.
    await inspects(11, 'the row to be inspected')
    const placeOf = async (seq: number) => Math.round((await rows()).find(row => row.seq === seq)?.top ?? -1)
    const before = await placeOf(11)
    await page.evaluate(() => {
      for (let i = 0; i < 500; i++) app.bus.emit('tick', { late: i })
    })
    await panel.accounted(COUNT + 500)
    await panel.matched(COUNT + 500, 'the new events in the view')
    expect(await placeOf(11)).toBe(before)
    await panel.filter('type:beat')
    await panel.matched(COUNT / 4, 'the beats')
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
    await panel.holding('Shift', () => clickSeq(14))
    await waitFor(async () => (await panel.value('selection-size')) === 4, { what: 'four chosen rows' })
    await panel.holding('Control', () => clickSeq(12))
    await waitFor(async () => (await panel.value('selection-size')) === 3, { what: 'one row less' })
    const chosen = () => panel.frame.$$eval('[data-testid="row"][aria-selected="true"]', found => found.length)
    await waitFor(async () => (await chosen()) === 3, { what: 'three rows shown as chosen' })
    await panel.click('copy-json')
    await waitFor(async () => (await panel.text('toast')) === '3 events copied.', { what: 'the panel to say so' })
    await panel.click('filter-input')
    await panel.holding('Control', 'v')
    await waitFor(async () => (await panel.filterText()).includes('"payload":{"i":13,"weight":'), {
      what: 'the copied events to be pasted',
    })
    await panel.filter('')
    await panel.click('copy-chosen-link')
    await waitFor(async () => (await panel.text('toast')) === 'Link copied.', { what: 'the panel to say so' })
    await panel.key('Escape')
    await waitFor(async () => (await chosen()) === 0, { what: 'nothing to be chosen' })
    await panel.click('filter-input')
    await panel.holding('Control', 'v')
    await waitFor(async () => (await panel.value('selection-size')) === 3, {
      what: 'the events of the link to be chosen',
    })
    await panel.key('Escape', 'Escape')
  })

  it('finds among all events, and goes from match to match', async () => {
    await panel.key('Escape', 'Escape')
    await panel.filter('type:beat')
    await panel.key('f')
    await panel.matched(COUNT + 500, 'everything, with matches')
    await waitFor(async () => (await panel.value('found')) === COUNT / 4, {
      what: 'as many matches as there are beats',
    })
    await panel.key('g')
    await panel.key('n')
    await inspects(3, 'the first match')
    await panel.key('n')
    await inspects(7, 'the second match')
    await panel.holding('Shift', 'N')
    await inspects(3, 'the first match again')
    await panel.key('f')
    await panel.filter('')
  })

  it('has every command in its palette, and marks an event with a key', async () => {
    await panel.key('Escape', 'Escape')
    await panel.matched(COUNT + 500, 'everything')
    const seq = await panel.clickRow()
    await panel.key('b')
    await waitFor(() => panel.frame.$(`${byTestId('row')}[data-seq="${seq}"] .bookmark`), { what: 'the bookmark' })
    await panel.filter('is:bookmarked')
    await panel.matched(1, 'the bookmarked event')
    await panel.holding('Control', 'k')
    await panel.frame.waitForSelector(byTestId('palette-input'))
    // All of it is in view: the keys stand at the end of the lines.
    const over = await panel.frame.$eval(byTestId('dialog'), dialog => dialog.scrollWidth - dialog.clientWidth)
    expect(over).toBe(0)
    await panel.devtools.keyboard.type('clear the fil')
    await panel.key('Enter')
    await panel.matched(COUNT + 500, 'everything')

    const run = async (letters: string) => {
      await panel.holding('Control', 'k')
      await panel.frame.waitForSelector(byTestId('palette-input'))
      await panel.devtools.keyboard.type(letters)
      const best = () => panel.frame.$eval('.palette-list [aria-selected="true"]', option => option.textContent ?? '')
      await waitFor(async () => (await best()).toLowerCase().includes(letters), { what: `the command ${letters}` })
      await panel.key('Enter')
      await waitFor(async () => !(await panel.has('palette-input')), { what: 'the palette to go' })
    }
    const clicked = await panel.clickRow()
    await run('event: difference')
    await waitFor(async () => (await panel.attribute('tab-diff', 'aria-selected')) === 'true', {
      what: 'the difference',
    })
    await run('event: payload')
    await waitFor(async () => (await panel.attribute('tab-payload', 'aria-selected')) === 'true', {
      what: 'the payload',
    })
    await panel.filter('type:beat')
    await run('save the filter')
    await waitFor(() => panel.has('save-name'), { what: 'the place for a name' })
    await panel.click('save-name')
    await panel.devtools.keyboard.type('only beats')
    await panel.key('Enter', 'Escape')
    await panel.filter('')
    await run('filter: only beats')
    await panel.matched(COUNT / 4, 'the beats of the saved filter')
    await run('causes and effects of')
    await waitFor(async () => (await panel.filterText()) === `type:beat chain:#${clicked}`, {
      what: 'a filter by the chain',
    })
    await panel.filter('')
    await panel.matched(COUNT + 500, 'everything')
  })

  it('takes a click on a row of a list that moves along, and goes on where it was none', async () => {
    await panel.key('Escape', 'Escape', 'G')
    let total = COUNT + 500
    const emitMore = async () => {
      await page.evaluate(() => {
        for (let i = 0; i < 40; i++) app.bus.emit('tick', { later: i })
      })
      total += 40
      await panel.matched(total, 'the new events in the view')
    }
    const last = () => until('the last row', found => found.at(-1)?.seq === total - 1)
    const { mouse } = panel.devtools
    const pressOn = async (seq: number) => {
      const box = await (await panel.frame.$(`${byTestId('row')}[data-seq="${seq}"]`))?.boundingBox()
      if (!box) throw new Error('the row is not there')
      await mouse.move(box.x + 60, box.y + box.height / 2)
      await mouse.down()
      return box
    }
    await last()
    const box = await pressOn(total - 5)
    await emitMore()
    expect((await rows()).at(-1)?.seq).toBeLessThan(total - 30)
    await mouse.move(box.x + 60, box.y - 2 * box.height)
    await mouse.up()
    await last()
    const seq = total - 5
    await pressOn(seq)
    await emitMore()
    await mouse.up()
    await inspects(seq, 'the pressed row to be inspected')
    expect((await rows()).some(row => row.seq === seq)).toBe(true)
  })

  it('begins another order at its top, wherever the user was', async () => {
    await panel.key('Escape', 'Escape', 'g')
    await until('the first rows', found => found[0]?.seq === 0)
    await panel.frame.$eval(byTestId('scroller'), scroller => scroller.scrollTo(0, 22 * 1500))
    await until('rows further down', found => found[0]?.seq === 1500)
    await panel.click('head-type')
    await until('the first beats', found => found[0]?.index === 1 && found[0].seq === 3 && found[1]?.seq === 7)
    await panel.click('head-type')
    await panel.click('head-type')
    await until('the order of time', found => (found.at(-1)?.seq ?? 0) > COUNT)
  })

  it('keeps a selected event in place while newer ones come above it', async () => {
    await panel.key('Escape', 'Escape')
    await panel.click('head-time')
    await until('the newest first', found => found[0]?.index === 1 && found[0].seq > found[1]!.seq)
    const seq = (await rows())[6]!.seq
    await clickSeq(seq)
    await inspects(seq, 'the row to be inspected')
    const placeOf = async () => Math.round((await rows()).find(row => row.seq === seq)?.top ?? -1)
    const before = await placeOf()
    const total = await panel.value('view-matched')
    // Batch after batch, so that the list moves along many times.
    await page.evaluate(
      () =>
        new Promise<void>(resolve => {
          let left = 30
          const more = setInterval(() => {
            for (let i = 0; i < 20; i++) app.bus.emit('tick', { above: i })
            if (--left > 0) return
            clearInterval(more)
            resolve()
          }, 20)
        }),
    )
    await panel.matched(total + 600, 'the new events in the view')
    await until('its row', found => found.some(row => row.seq === seq))
    expect(await placeOf()).toBe(before)
    await panel.click('head-time')
    await panel.key('Escape', 'Escape')
  })
})
