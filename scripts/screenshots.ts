/**
 * npm run screenshots -- [folder]
 * Pictures of the panel in every state that is worth a look, from the standalone page: it is the same panel. They go to
 * test-results/screenshots.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'puppeteer-core'
import { launchChromium } from '../test/support/chromium.ts'
import { emulateLook, type Look } from '../test/support/media.ts'
import { startServer } from '../test/support/server.ts'
import { pause, waitFor } from '../test/support/wait.ts'
import { build } from './lib/build.ts'
import { fromRoot } from './lib/paths.ts'

const folder = fromRoot(process.argv[2] ?? 'test-results/screenshots')
mkdirSync(folder, { recursive: true })
await build(['standalone', 'payments'])
const site = await startServer()
const chromium = await launchChromium({ extension: undefined })

/** Names as the DevTools of the user would have them. */
const SIZES = { wide: [1500, 800], side: [420, 800], narrow: [300, 700], bottom: [1400, 320] } as const

const click = async (page: Page, testId: string) => (await page.waitForSelector(`[data-testid="${testId}"]`))?.click()
const type = async (page: Page, text: string) => {
  await click(page, 'filter-input')
  await page.keyboard.type(text)
}
const palette = async (page: Page) => {
  await page.keyboard.down('Control')
  await page.keyboard.press('k')
  await page.keyboard.up('Control')
}
const command = async (page: Page, id: string) => {
  await palette(page)
  await click(page, `command-${id}`)
}
/** By keys: rows move while events arrive. */
const anEvent = async (page: Page) => {
  await (await page.waitForSelector('[data-testid="scroller"]'))?.focus()
  for (let i = 0; i < 8; i++) await page.keyboard.press('k')
  await page.waitForSelector('[data-testid="inspector"]')
}

const STATES: Record<string, (page: Page) => Promise<unknown>> = {
  list: async () => {},
  event: anEvent,
  cause: async page => {
    await anEvent(page)
    await click(page, 'tab-cause')
  },
  filtered: page => type(page, 'type:Settlement'),
  mistake: page => type(page, 'level:lod tpye:x'),
  nothing: page => type(page, 'nothing-has-this'),
  columns: page => click(page, 'columns-menu'),
  groups: page => command(page, 'group'),
  sessions: page => click(page, 'session-menu'),
  export: page => click(page, 'export-menu'),
  palette,
  keys: page => command(page, 'keys'),
  about: page => command(page, 'about'),
  storage: page => command(page, 'storage'),
  replay: page => command(page, 'replay'),
}

try {
  for (const theme of ['light', 'dark'] as const) {
    for (const [size, [width, height]] of Object.entries(SIZES)) {
      for (const [state, enter] of Object.entries(STATES)) {
        // Every state once; the list and one event at every size.
        if (size !== 'wide' && !['list', 'event', 'mistake'].includes(state)) continue
        await picture(`${state}-${size}-${theme}`, theme, width, height, enter)
      }
    }
    await picture(`empty-wide-${theme}`, theme, 1500, 800, async () => {}, false)
  }
  // Where colours are not ours to choose, what is picked, pressed, or wrong.
  for (const look of ['forced-light', 'forced-dark', 'contrast-light', 'contrast-dark'] as const) {
    for (const state of ['event', 'filtered', 'mistake', 'palette'])
      await picture(`${state}-wide-${look}`, look, 1500, 800, STATES[state] ?? (async () => {}))
    await picture(`event-narrow-${look}`, look, ...SIZES.narrow, anEvent)
  }
} finally {
  await chromium.close()
  await site.close()
}

async function picture(
  name: string,
  look: Look,
  width: number,
  height: number,
  enter: (page: Page) => Promise<unknown>,
  withApp = true,
): Promise<void> {
  const app = withApp ? '?app=/payments/%3Fspeed=20%26seed=7' : ''
  // Nothing of the picture before: its filter, its session.
  const context = await chromium.browser.createBrowserContext()
  const page = await context.newPage()
  await page.goto(`${site.origin}/panel/standalone.html${app}`)
  try {
    // The app takes half: beside the panel, or above it where there is no room.
    const beside = withApp && width > 500
    await page.setViewport({ width: beside ? width * 2 : width, height: withApp && !beside ? height * 2 : height })
    await emulateLook(page, look)
    if (withApp) {
      await waitFor(
        () =>
          page
            .$eval('[data-testid="status-events"]', it => Number(it.getAttribute('data-value')) > 400)
            .catch(() => false),
        { what: 'some events', timeout: 60_000 },
      )
    }
    // A picture that cannot be made must not keep the others from being made.
    await enter(page).catch(error => console.error(`${name}: ${error instanceof Error ? error.message : error}`))
    await pause(400)
    // A dialog stands in the middle of the window, not of the panel.
    const part = (await page.$('dialog[open]')) ?? (await page.$('.panel'))
    await part?.screenshot({ path: join(folder, `${name}.png`) as `${string}.png` })
    console.log(name)
  } finally {
    await context.close()
  }
}
