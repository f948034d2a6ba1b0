import type { Page } from 'puppeteer-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { byTestId, type Panel } from '../support/panel'
import { SDK_MOUNTS } from '../support/server'
import { useBrowser } from '../support/use-browser'
import { waitFor } from '../support/wait'

declare const app: {
  emit(count: number, type?: string): void
  recorder: {
    mark(name: string, kind?: string): void
    describe(types: Record<string, { category?: string; description?: string }>): void
  }
}

const ROUNDS = 40
const EVENTS = ROUNDS * 9

const chip = (category: string) => `${byTestId('legend-chip')}[data-category="${category}"]`

describe('the timeline', () => {
  const at = useBrowser({ mounts: SDK_MOUNTS })
  let page: Page
  let panel: Panel

  beforeAll(async () => {
    ;({ page, panel } = await at.show('/fixtures/pages/bus.html'))
    await page.evaluate(async rounds => {
      app.recorder.describe({ 'row:*': { category: 'grid', description: 'Rows change.' } })
      app.recorder.mark('Morning', 'phase')
      for (let i = 0; i < rounds; i++) {
        app.emit(5, i % 2 ? 'row:add' : 'row:update')
        app.emit(3, 'tick')
        app.emit(1, 'load:failed')
        await new Promise(resolve => setTimeout(resolve, 25))
      }
    }, ROUNDS)
    await panel.accounted(EVENTS)
    await waitFor(async () => (await panel.frame.$(chip('grid'))) !== null, { what: 'the category that the app named' })
  })

  const text = () => panel.filterText()
  const matched = () => panel.value('view-matched')
  const seen = async () => {
    const [from, to] = await Promise.all([
      panel.attribute('timeline', 'data-from'),
      panel.attribute('timeline', 'data-to'),
    ])
    return { from: Number(from), to: Number(to) }
  }
  /** Where in the window a share of the timeline's width is, `y` px below its top. */
  const point = async (share: number, y: number) => {
    const box = await (await panel.frame.$(byTestId('timeline')))?.boundingBox()
    if (!box) throw new Error('no timeline')
    return [box.x + box.width * share, box.y + y] as const
  }
  const drag = async (from: number, to: number, y: number) => {
    const { mouse } = panel.devtools
    await mouse.move(...(await point(from, y)))
    await mouse.down()
    await mouse.move(...(await point((from + to) / 2, y)), { steps: 3 })
    await mouse.move(...(await point(to, y)), { steps: 3 })
    await mouse.up()
  }
  const clickChip = (category: string) => panel.clickOn(chip(category))
  const becomes = (what: string) => waitFor(async () => (await text()) === what, { what: `the box to say "${what}"` })

  it('shows one category, hides one, and says so in the filter box', async () => {
    expect(await panel.frame.$eval(chip('grid'), element => element.getAttribute('title'))).toContain('Rows change.')
    await clickChip('grid')
    await becomes('type:row:*')
    await waitFor(async () => (await matched()) === ROUNDS * 5, { what: 'only the rows' })
    await waitFor(() => panel.frame.$(`${chip('grid')}[aria-pressed="true"]`), { what: 'its chip to be pressed' })
    await waitFor(() => panel.frame.$(`${chip('tick')}[data-shown="none"]`), { what: 'the chip of what is hidden' })
    await clickChip('grid')
    await becomes('')
    await panel.holding('Alt', () => clickChip('tick'))
    await becomes('-type:tick')
    await waitFor(async () => (await matched()) === ROUNDS * 6, { what: 'everything but ticks' })
    await panel.filter('type:tick')
    await waitFor(() => panel.frame.$(`${chip('tick')}[aria-pressed="true"]`), {
      what: 'the legend to show what was typed',
    })
    await panel.filter('')
    await becomes('')
  })

  it('tells apart what passes the filter, where categories do not say it', async () => {
    const says = (what: RegExp) =>
      waitFor(async () => what.test(await panel.text('timeline-summary')), { what: `the timeline to say ${what}` })
    await panel.filter('type:row:add')
    await says(new RegExp(`${EVENTS} events;.*; ${(ROUNDS / 2) * 5} of them pass the filter`))
    await panel.filter('is:error')
    await says(new RegExp(`; ${ROUNDS} of them pass the filter`))
    await panel.filter('type:tick')
    await says(/^(?!.*pass the filter)/)
    await panel.filter('')
    await becomes('')
  })

  it('filters by a brushed stretch, until a double click', async () => {
    await waitFor(async () => (await matched()) === EVENTS, { what: 'everything' })
    await drag(0.25, 0.5, 50)
    await waitFor(async () => /^after:\S+ before:\S+$/.test(await text()), { what: 'a stretch in the box' })
    await waitFor(async () => (await matched()) < EVENTS && (await matched()) > 0, { what: 'fewer events' })
    const { from, to } = await seen()
    const [after, before] = /^after:([\d.]+)(ms|s) before:([\d.]+)(ms|s)$/
      .exec(await text())
      ?.slice(1)
      .flatMap((part, i, all) => (i % 2 ? [] : [Number(part) * (all[i + 1] === 's' ? 1000 : 1)])) ?? [0, 0]
    const grain = (to - from) * 0.02
    expect(Math.abs((after as number) - (from + 0.25 * (to - from)))).toBeLessThan(grain)
    expect(Math.abs((before as number) - (from + 0.5 * (to - from)))).toBeLessThan(grain)
    await panel.devtools.mouse.click(...(await point(0.4, 50)), { count: 2 })
    await becomes('')
    await waitFor(async () => (await matched()) === EVENTS, { what: 'everything again' })
    expect(await panel.has('inspector')).toBe(false)
  })

  it('zooms with the wheel where the mouse is, and with its keys', async () => {
    const whole = await seen()
    const length = ({ from, to }: { from: number; to: number }) => to - from
    const at = whole.from + 0.5 * length(whole)
    await panel.devtools.mouse.move(...(await point(0.5, 50)))
    for (let i = 0; i < 3; i++) await panel.devtools.mouse.wheel({ deltaY: -120 })
    await waitFor(async () => length(await seen()) < length(whole) * 0.6, { what: 'a closer look' })
    const close = await seen()
    expect(Math.abs(close.from + 0.5 * length(close) - at)).toBeLessThan(length(close) * 0.05)

    await panel.frame.focus(byTestId('timeline'))
    await panel.key('w')
    await waitFor(async () => length(await seen()) < length(close) * 0.7, { what: 'W to zoom in' })
    const before = await seen()
    await panel.key('d')
    await waitFor(async () => (await seen()).from > before.from, { what: 'D to move on' })
    await panel.key('a', 's')
    await waitFor(async () => Math.abs(length(await seen()) - length(close)) < 1e-3, { what: 'S to zoom out' })

    // What arrives does not pull it away.
    const stays = await seen()
    await page.evaluate(() => app.emit(9, 'tick'))
    await waitFor(async () => (await matched()) === EVENTS + 9, { what: 'the new events' })
    expect(await seen()).toEqual(stays)
    await panel.click('timeline-whole')
    await waitFor(async () => length(await seen()) >= length(whole), { what: 'all of it' })
  })

  it('selects the event nearest to where the playhead is dragged', async () => {
    // What the last test emitted came later: the first third is where the events are.
    await drag(0.6, 0.25, 8)
    await waitFor(() => panel.has('inspector'), { what: 'an event to be selected' })
    const { from, to } = await seen()
    const wanted = from + 0.25 * (to - from)
    await waitFor(
      async () => {
        const playhead = await panel.attribute('timeline', 'data-playhead')
        return playhead !== '' && Math.abs(Number(playhead) - wanted) < Math.max(40, (to - from) * 0.06)
      },
      { what: 'the playhead near where it was let go' },
    )
    let seq = -1
    await waitFor(
      async () => {
        seq = Number(await panel.attribute('inspector', 'data-seq'))
        return (await panel.rows()).some(row => row.seq === seq && row.selected)
      },
      { what: 'its row' },
    )
    expect(await panel.attribute('timeline', 'aria-valuetext')).toContain(`#${seq}`)
    await panel.frame.focus(byTestId('timeline'))
    await panel.key('ArrowRight')
    await waitFor(async () => Number(await panel.attribute('inspector', 'data-seq')) > seq, { what: 'a later event' })
  })

  it('has lanes, a height, and goes along with what arrives', async () => {
    const tall = async () => (await (await panel.frame.$(byTestId('timeline')))?.boundingBox())?.height ?? 0
    const before = await tall()
    await panel.frame.select(byTestId('timeline-lanes'), 'source')
    await waitFor(async () => (await tall()) > before, { what: 'a lane' })
    await panel.frame.select(byTestId('timeline-lanes'), 'none')
    await waitFor(async () => (await tall()) === before, { what: 'no lane' })
    await panel.frame.focus(byTestId('timeline-resize'))
    await panel.key('ArrowDown')
    await waitFor(async () => (await tall()) === before + 8, { what: 'a higher timeline' })
    await panel.frame.focus(byTestId('timeline'))
    await panel.key('w', 'w')
    await panel.click('timeline-follow')
    await waitFor(async () => (await panel.attribute('timeline-follow', 'aria-pressed')) === 'true', {
      what: 'following',
    })
    const stretch = await seen()
    const length = stretch.to - stretch.from
    await waitFor(
      async () => {
        await page.evaluate(() => app.emit(1, 'tick'))
        return (await seen()).from > stretch.from
      },
      { what: 'the timeline to go along' },
    )
    const later = await seen()
    expect(later.to - later.from).toBeCloseTo(length, 3)
    await panel.click('timeline-whole')
  })

  it('folds away, and stays so', async () => {
    expect(await panel.text('timeline-summary')).toContain('events')
    await panel.click('timeline-toggle')
    await waitFor(async () => !(await panel.has('timeline')), { what: 'the drawing to go' })
    expect(await panel.has('legend')).toBe(true)
    await panel.click('timeline-toggle')
    await waitFor(() => panel.has('timeline'), { what: 'the drawing' })
  })
})
