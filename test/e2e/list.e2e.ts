import { beforeAll, describe, expect, it } from 'vitest'
import { byTestId, type Panel } from '../support/panel'
import { SDK_MOUNTS } from '../support/server'
import { useBrowser } from '../support/use-browser'
import { waitFor } from '../support/wait'

declare const app: { emit(count: number, type?: string): void; bus: { emit(type: string, data: unknown): void } }

const COUNT = 100_000

describe('a list of 100,000 events', () => {
  const at = useBrowser({ mounts: SDK_MOUNTS })
  let panel: Panel

  beforeAll(async () => {
    const shown = await at.show('/fixtures/pages/bus.html?capacity=200000')
    panel = shown.panel
    // In slices, as an app would: each task leaves room for the others.
    await shown.page.evaluate(async total => {
      for (let done = 0; done < total - 1; done += 999) {
        app.emit(Math.min(999, total - 1 - done))
        await new Promise(resolve => setTimeout(resolve))
      }
      app.bus.emit('needle', { deep: { inside: 'the haystack' } })
    }, COUNT)
    await panel.accounted(COUNT)
  })

  const shown = async () => (await panel.rows()).map(row => row.seq)

  it('lost nothing and draws only what is in view', async () => {
    expect(await panel.counts()).toEqual({ events: COUNT, missing: 0 })
    expect((await panel.frame.$$('[role="row"]')).length).toBeLessThan(120)
    await waitFor(async () => (await panel.attribute('table', 'aria-rowcount')) === String(COUNT), { what: 'its rows' })
  })

  it('goes to its first and its last row by keys, and by the wheel', async () => {
    await panel.clickRow()
    await panel.key('g')
    await waitFor(async () => (await shown())[0] === 0, { what: 'the first row' })
    await panel.holding('Shift', 'G')
    await waitFor(async () => (await shown()).at(-1) === COUNT - 1, { what: 'the last row' })

    const box = await (await panel.frame.$(byTestId('table')))?.boundingBox()
    if (!box) throw new Error('no table')
    await panel.devtools.mouse.move(box.x + 100, box.y + 100)
    await panel.devtools.mouse.wheel({ deltaY: -22 * 1000 })
    await waitFor(
      async () => {
        const rows = await shown()
        const first = rows[0] ?? 0
        return first > COUNT - 1500 && first < COUNT - 900 && rows.every((seq, index) => seq === first + index)
      },
      { what: 'the rows a thousand further up, each in its place' },
    )
  })

  it('finds one payload among all by text, and by its path', async () => {
    for (const text of ['haystack', 'HAYSTACK', 'payload.deep.inside="the haystack"', 'type:need*']) {
      await panel.filter(text)
      await waitFor(async () => (await panel.value('view-matched')) === 1, { what: `one match of ${text}` })
      await waitFor(async () => (await panel.rows()).map(row => row.type).join() === 'needle', { what: 'its row' })
      await panel.filter('')
      await panel.matched(COUNT, 'everything again')
    }
    await panel.filter('-type:tick')
    await panel.matched(1, 'everything but ticks')
    await panel.filter('nothing-has-this')
    await waitFor(() => panel.has('nothing-matches'), { what: 'the panel to say that nothing matches' })
    await panel.click('clear-filter')
    await panel.matched(COUNT, 'everything again')
  })
})

describe('a list that follows what arrives', () => {
  const at = useBrowser({ mounts: SDK_MOUNTS })

  it('is never blank while the newest rows are on their way', async () => {
    const { page, panel } = await at.show('/fixtures/pages/bus.html?capacity=200000')
    await page.evaluate(() => app.emit(1000))
    await panel.accounted(1000)
    await waitFor(async () => (await panel.rows()).at(-1)?.seq === 999, { what: 'the newest row' })
    await panel.frame.evaluate(watchRows)
    await page.evaluate(async () => {
      for (let done = 0; done < 120; done++) {
        app.emit(done % 4 === 0 ? 400 : 10)
        await new Promise(resolve => setTimeout(resolve, 16))
      }
    })
    await panel.accounted(13_900)
    await waitFor(async () => (await panel.rows()).at(-1)?.seq === 13_899, { what: 'the newest row at the end' })
    const { frames, blank, places } = await panel.frame.evaluate('globalThis.watched').then(value => value as Watched)
    expect(places).toBeGreaterThan(5)
    expect({ blank, of: frames }).toEqual({ blank: 0, of: frames })
  })
})

interface Watched {
  frames: number
  /** Frames in which a row in view had nothing in it. */
  blank: number
  /** Different rows at the top. */
  places: number
}

/** Looks at the rows in every frame, from now on. */
const watchRows = `(() => {
  const watched = (globalThis.watched = { frames: 0, blank: 0, places: 0 })
  let first = ''
  const look = () => {
    const box = document.querySelector('.scroller').getBoundingClientRect()
    const rows = [...document.querySelectorAll('.rows > [role="row"]')].filter(row => {
      const { top, bottom } = row.getBoundingClientRect()
      // One that begins where the list ends is not in view.
      return bottom > box.top + 1 && top < box.bottom - 1
    })
    watched.frames++
    if (rows.length < 5 || rows.some(row => !row.hasAttribute('data-testid'))) watched.blank++
    const top = rows.map(row => Number(row.getAttribute('aria-rowindex'))).sort((a, b) => a - b)[0]
    if (String(top) !== first) watched.places++
    first = String(top)
    requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
})()`
