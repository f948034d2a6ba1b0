import type { Frame, Page } from 'puppeteer-core'
import { inFrontEnd, selectTab } from '../../scripts/lib/front-end.ts'
import { listenToErrors } from './console-errors'
import { waitFor } from './wait'

const PANEL_TITLE = 'Playhead'
const PANEL_PATH = '/src/panel/devtools-panel.html'

/**
 * Opens DevTools on `page`, if they are not open, selects our panel and returns its frame. The panel's tab exists only after the
 * extension's devtools page has run, and its document only when it is shown, so this waits for both.
 */
export async function openPanel(page: Page): Promise<Frame> {
  const devtools = await page.openDevTools()
  listenToErrors(devtools)
  return waitFor(
    async () => {
      if (!(await selectTab(devtools, PANEL_TITLE))) return undefined
      const frame = panelFrame(devtools)
      return frame && (await frame.evaluate(() => document.readyState === 'complete')) ? frame : undefined
    },
    { what: `the ${PANEL_TITLE} panel of ${page.url()}`, timeout: 30_000 },
  )
}

/** Returns the frame of our panel in a DevTools window; undefined before it was shown. */
export function panelFrame(devtools: Page): Frame | undefined {
  return devtools.frames().find(candidate => pathOf(candidate) === PANEL_PATH)
}

/** Closes the DevTools of `page`, and our panel with them. Resolves when they are gone. */
export async function closeDevTools(page: Page): Promise<void> {
  if (!(await page.hasDevTools())) return
  const devtools = await page.openDevTools()
  await devtools.close()
  await waitFor(async () => devtools.isClosed() && !(await page.hasDevTools()), { what: 'DevTools to close' })
}

/** Closes DevTools and opens them again, which makes a new document of the panel. */
export async function reopenPanel(page: Page): Promise<Frame> {
  await closeDevTools(page)
  return openPanel(page)
}

/** Shows another tool, as `console` or `elements`. Our panel is hidden and goes on running. */
export async function showTool(page: Page, id: string): Promise<void> {
  const devtools = await page.openDevTools()
  await inFrontEnd(devtools, `UI.ViewManager.ViewManager.instance().showView(${JSON.stringify(id)})`)
}

/** Tells whether the drawer of DevTools is open: the console that Esc opens. */
export async function drawerIsOpen(page: Page): Promise<boolean> {
  const devtools = await page.openDevTools()
  return Boolean(await inFrontEnd(devtools, 'UI.InspectorView.InspectorView.instance().drawerVisible()'))
}

/** Tells whether DevTools shows a dialog of its own, as its settings. */
export async function frontEndHasDialog(page: Page): Promise<boolean> {
  const devtools = await page.openDevTools()
  return Boolean(await inFrontEnd(devtools, 'UI.Dialog.Dialog.hasInstance()'))
}

function pathOf(frame: Frame): string {
  return URL.canParse(frame.url()) ? new URL(frame.url()).pathname : ''
}
