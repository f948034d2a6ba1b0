import type { Page } from 'puppeteer-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { clickOn } from '../support/click'
import type { Panel } from '../support/panel'
import { useBrowser } from '../support/use-browser'
import { waitFor } from '../support/wait'

describe('the grid example, recorded and replayed', () => {
  const at = useBrowser()
  let page: Page
  let panel: Panel

  beforeAll(async () => {
    ;({ page, panel } = await at.show('/grid/'))
    await page.bringToFront()
    await page.waitForSelector('.ag-row[row-index="0"]')
  })

  /** What the grid shows, top to bottom, read from the DOM. */
  const column = (colId: string) =>
    page.$$eval(
      '.ag-row',
      (rows, id) =>
        rows
          .map(row => ({
            index: Number(row.getAttribute('row-index')),
            text: row.querySelector(`[col-id="${id}"]`)?.textContent ?? '',
          }))
          .sort((a, b) => a.index - b.index)
          .slice(0, 12)
          .map(row => row.text),
      colId,
    )
  const sorted = (values: string[], down = false) => {
    const order = [...values].sort()
    return values.length === 12 && JSON.stringify(values) === JSON.stringify(down ? order.reverse() : order)
  }
  const boxOf = async (selector: string) => {
    const box = await (await page.waitForSelector(selector))?.boundingBox()
    if (!box) throw new Error(`${selector} has no box`)
    return box
  }
  const clickHeader = (colId: string) => clickOn(page, `.ag-header-cell[col-id="${colId}"] .ag-header-cell-label`)
  const recording = async (on: boolean) => {
    await panel.click('toolbar-record')
    await waitFor(async () => (await panel.attribute('toolbar-record', 'aria-pressed')) === String(on), {
      what: on ? 'recording to go on' : 'recording to pause',
    })
  }
  const matched = async (filter: string, atLeast: number) => {
    await panel.devtools.bringToFront()
    await panel.filter(filter)
    await waitFor(async () => (await panel.value('view-matched')) >= atLeast, { what: `events for ${filter}` })
    await page.bringToFront()
  }

  it('records what the user does, as plain data', async () => {
    await clickHeader('client')
    await waitFor(async () => sorted(await column('client')), { what: 'the grid to sort' })
    await matched('type:sortChanged payload.sort.0.colId=client', 1)

    await clickOn(page, '.ag-row[row-index="2"] [col-id="product"]', 'a product', 2)
    await page.waitForSelector('.ag-cell-edit-wrapper input, .ag-cell-editor input')
    await page.keyboard.down('Control')
    await page.keyboard.press('a')
    await page.keyboard.up('Control')
    await page.keyboard.type('Gadget')
    await page.keyboard.press('Enter')
    await matched('type:cellValueChanged payload.newValue=Gadget', 1)

    await clickOn(page, '.ag-row[row-index="3"] .ag-checkbox-input')
    await matched('type:selectionChanged', 1)

    const box = await boxOf('.ag-grid-viewport')
    await page.mouse.move(box.x + 200, box.y + 100)
    await page.mouse.wheel({ deltaY: 600 })
    await matched('type:bodyScroll*', 1)
    await page.mouse.wheel({ deltaY: -600 })

    const from = await boxOf('.ag-header-cell[col-id="status"]')
    const to = await boxOf('.ag-header-cell[col-id="region"]')
    await page.mouse.move(from.x + 30, from.y + 12)
    await page.mouse.down()
    await page.mouse.move(from.x - 40, from.y + 12, { steps: 8 })
    await page.mouse.move(to.x + 20, to.y + 12, { steps: 12 })
    await page.mouse.up()
    await matched('type:columnMoved', 1)
  })

  it('says before a replay what it cannot do, then sorts the real grid again', async () => {
    // What follows is not recorded: the recording ends sorted upwards, the live grid downwards.
    await panel.devtools.bringToFront()
    await recording(false)
    await page.bringToFront()
    await page.evaluate(() => document.querySelector('.ag-grid-viewport')?.scrollTo(0, 0))
    await clickHeader('client')
    await waitFor(async () => sorted(await column('client'), true), { what: 'the grid to sort downwards' })
    const live = await column('client')
    await panel.devtools.bringToFront()
    await recording(true)
    await panel.click('replay-open')
    await waitFor(() => panel.has('replay-cannot'), { what: 'the plan' })
    expect(await panel.text('replay-plan')).toContain('only listened to')
    await panel.click('replay-speed-fast')
    await panel.click('replay-start')
    await waitFor(async () => (await panel.attribute('replay-state', 'data-state')) === 'done', {
      what: 'the replay to end',
    })
    // What the grid only tells (its scrolling, its redrawing) is not held against the replay.
    const divergence = (await panel.has('replay-divergence')) ? await panel.text('replay-divergence') : 'none'
    expect(divergence).toBe('none')
    await page.bringToFront()
    await waitFor(async () => sorted(await column('client')), { what: 'the recorded order' })
    expect(await column('client')).not.toEqual(live)
    await panel.devtools.bringToFront()
    await panel.click('replay-live')
    await waitFor(async () => (await panel.attribute('replay-state', 'data-state')) === 'idle', { what: 'live' })
    await waitFor(async () => JSON.stringify(await column('client')) === JSON.stringify(live), {
      what: 'the live order',
    })
  })
})
