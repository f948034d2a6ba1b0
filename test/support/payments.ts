import type { Page } from 'puppeteer-core'
import { clickOn } from './click'
import { byTestId, type Panel } from './panel'

/** Stops the clock of the payments example, in front; leaves its DevTools in front. From then on it emits nothing by itself. */
export async function stopPayments(page: Page, panel: Panel): Promise<void> {
  await page.bringToFront()
  await clickOn(page, byTestId('pause'))
  // A busy page answers late: what the button says is true.
  await page.waitForFunction(`document.querySelector('${byTestId('pause')}').textContent === 'Resume'`)
  await panel.devtools.bringToFront()
}
