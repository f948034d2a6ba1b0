import type { Frame, Page } from 'puppeteer-core'
import { inFrontEnd, selectTab } from '../../scripts/lib/front-end.ts'
import { listenToErrors } from './console-errors'
import { waitFor } from './wait'

const PANEL_TITLE = 'Playhead'
const PANEL_PATH = '/src/panel/devtools-panel.html'

/**
 * Opens DevTools on `page` (or takes the open ones), selects our panel and returns its frame. The panel's tab exists only after
 * the extension's devtools page has run, and its document only once it is shown, so both are waited for.
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

/** The document of our panel in a DevTools window; undefined until it was shown. */
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

/** Closes DevTools and opens them again: the panel is a new document. */
export async function reopenPanel(page: Page): Promise<Frame> {
  await closeDevTools(page)
  return openPanel(page)
}

/** Shows another tool (`console`, `elements`), so that our panel is hidden but alive. */
export async function showTool(page: Page, id: string): Promise<void> {
  const devtools = await page.openDevTools()
  await inFrontEnd(devtools, `UI.ViewManager.ViewManager.instance().showView(${JSON.stringify(id)})`)
}

/** True where DevTools' drawer, the console that Esc opens, is open. */
export async function drawerIsOpen(page: Page): Promise<boolean> {
  const devtools = await page.openDevTools()
  return Boolean(await inFrontEnd(devtools, 'UI.InspectorView.InspectorView.instance().drawerVisible()'))
}

/** True where DevTools shows a dialog of its own: its settings. */
export async function frontEndHasDialog(page: Page): Promise<boolean> {
  const devtools = await page.openDevTools()
  return Boolean(await inFrontEnd(devtools, 'UI.Dialog.Dialog.hasInstance()'))
}

function pathOf(frame: Frame): string {
  return URL.canParse(frame.url()) ? new URL(frame.url()).pathname : ''
}
