import type { Page } from 'puppeteer-core'
import { clickOn } from './click'
import { byTestId, type Panel } from './panel'

/** Stops the clock of the payments example, so that it emits nothing by itself any more. DevTools are in front afterwards. */
export async function stopPayments(page: Page, panel: Panel): Promise<void> {
  await page.bringToFront()
  await clickOn(page, byTestId('pause'))
  // A busy page answers late. The clock stands when the button says so.
  await page.waitForFunction(`document.querySelector('${byTestId('pause')}').textContent === 'Resume'`)
  await panel.devtools.bringToFront()
}
