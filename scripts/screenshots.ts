/**
 * npm run screenshots -- [folder [names…]]
 * Makes pictures of the panel in every state that is worth a look, in the standalone page, which has the same panel. They go to
 * test-results/screenshots or the folder named. With names, only the pictures whose name begins with one of them are made.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ElementHandle, Page } from 'puppeteer-core'
import { launchChromium } from '../test/support/chromium.ts'
import { emulateLook, type Look } from '../test/support/media.ts'
import { SDK_MOUNTS, startServer } from '../test/support/server.ts'
import { pause, waitFor } from '../test/support/wait.ts'
import { build } from './lib/build.ts'
import { fromRoot } from './lib/paths.ts'

const [wanted = 'test-results/screenshots', ...only] = process.argv.slice(2)
const folder = fromRoot(wanted)
mkdirSync(folder, { recursive: true })
await build(['sdk', 'standalone', 'payments'])
const site = await startServer({ mounts: SDK_MOUNTS })
const chromium = await launchChromium({ extension: undefined })

/** Names as the DevTools of the user would have them. */
const SIZES = {
  wide: [1500, 800],
  side: [420, 800],
  narrow: [300, 700],
  bottom: [1400, 320],
  huge: [3840, 2000],
} as const
const PAYMENTS = '/payments/?speed=20&seed=7'
const MANY = '/fixtures/pages/bus.html?capacity=1000000'

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
/** Selects an event by keys, because rows move away from the mouse while events arrive. */
const anEvent = async (page: Page) => {
  await (await page.waitForSelector('[data-testid="scroller"]'))?.focus()
  for (let i = 0; i < 8; i++) await page.keyboard.press('k')
  await page.waitForSelector('[data-testid="inspector"]')
}
const tab = (name: string) => async (page: Page) => {
  await anEvent(page)
  await click(page, `tab-${name}`)
}
const brush = async (page: Page) => {
  const box = await (await page.waitForSelector('[data-testid="timeline"]'))?.boundingBox()
  if (!box) throw new Error('no timeline')
  await page.mouse.move(box.x + box.width * 0.3, box.y + box.height / 2)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width * 0.6, box.y + box.height / 2, { steps: 5 })
  await page.mouse.up()
}
const several = async (page: Page) => {
  await anEvent(page)
  await page.keyboard.down('Shift')
  for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowUp')
  await page.keyboard.up('Shift')
}
const badFile = async (page: Page) => {
  const parts = mkdtempSync(join(tmpdir(), 'playhead-'))
  const file = join(parts, 'broken.json')
  writeFileSync(file, '{"format":"playhead/session","version":1,"events":[{"n":1,')
  const input = (await page.$('.toolbar input[type="file"]')) as ElementHandle<HTMLInputElement> | null
  await input?.uploadFile(file)
  await page.waitForSelector('[data-testid="message"]')
  rmSync(parts, { recursive: true })
}
/** Emits a million events of thirty types, in slices that leave the page's other tasks their turn. */
const aMillion = async (page: Page) => {
  await page.waitForFunction('frames[0]?.app?.ready')
  const app = page.frames().find(frame => frame !== page.mainFrame() && frame.url().includes('bus.html'))
  await app?.evaluate(`(async () => {
    for (let done = 0; done < 1000000; done += 1000) {
      app.emit(1000, 'part' + (done / 1000) % 7 + ':type' + (done / 1000) % 30)
      await new Promise(resolve => setTimeout(resolve))
    }
  })()`)
  await events(page, 1_000_000)
}

const STATES: Record<string, (page: Page) => Promise<unknown>> = {
  list: async () => {},
  event: anEvent,
  cause: tab('cause'),
  diff: tab('diff'),
  entity: tab('entity'),
  raw: tab('raw'),
  several,
  brush,
  unfolded: async page => {
    await anEvent(page)
    await page.keyboard.press('ArrowRight')
    await page.waitForSelector('[data-testid="line-row"]')
  },
  completion: page => type(page, 'payload.am'),
  saved: page => click(page, 'saved-filters'),
  filters: page => command(page, 'filter-panel'),
  lanes: page => command(page, 'lanes-source'),
  error: badFile,
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
        // Every state is pictured in one size; the list and one event in every size.
        if (size !== 'wide' && !['list', 'event', 'mistake'].includes(state)) continue
        await picture(`${state}-${size}-${theme}`, theme, width, height, enter)
      }
    }
    await picture(`empty-wide-${theme}`, theme, 1500, 800, async () => {}, '')
    await picture(`million-wide-${theme}`, theme, 1500, 800, aMillion, MANY)
  }
  // Where the system chooses the colours: what is picked, pressed, or wrong must still be seen.
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
  app = PAYMENTS,
): Promise<void> {
  if (only.length > 0 && !only.some(begin => name.startsWith(begin))) return
  // A fresh context keeps the filter and the session of the picture before out.
  const context = await chromium.browser.createBrowserContext()
  const page = await context.newPage()
  await page.goto(`${site.origin}/panel/standalone.html${app && `?app=${encodeURIComponent(app)}`}`)
  try {
    // The app takes half of the window: beside the panel, or above it where there is no room.
    const beside = app !== '' && width > 500
    await page.setViewport({ width: beside ? width * 2 : width, height: app && !beside ? height * 2 : height })
    await emulateLook(page, look)
    if (app === PAYMENTS) await events(page, 400)
    // A picture that cannot be made must not keep the others from being made.
    await enter(page).catch(error => console.error(`${name}: ${error instanceof Error ? error.message : error}`))
    await pause(400)
    // A dialog stands in the middle of the window and not of the panel.
    const part = (await page.$('dialog[open]')) ?? (await page.$('.panel'))
    await part?.screenshot({ path: join(folder, `${name}.png`) as `${string}.png` })
    console.log(name)
  } finally {
    await context.close()
  }
}

/** Waits until the panel has so many events. */
async function events(page: Page, count: number): Promise<void> {
  const counted = () =>
    page.$eval('[data-testid="status-events"]', it => Number(it.getAttribute('data-value'))).catch(() => 0)
  await waitFor(async () => (await counted()) >= count, { what: `${count} events`, timeout: 120_000 })
}
