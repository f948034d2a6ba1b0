/**
 * npm run screenshot
 * Makes docs/panel.png, the README's picture: the payments example with the panel in real DevTools, one event selected.
 */
import { mkdirSync } from 'node:fs'
import { launchChromium } from '../test/support/chromium.ts'
import { Panel } from '../test/support/panel.ts'
import { startServer } from '../test/support/server.ts'
import { waitFor } from '../test/support/wait.ts'
import { build, EVERYTHING } from './lib/build.ts'
import { fromRoot } from './lib/paths.ts'

await build(EVERYTHING)
const site = await startServer()
const chromium = await launchChromium({ args: ['--window-size=1600,900'] })
try {
  const page = await chromium.open(`${site.origin}/payments/?speed=5`)
  const panel = await Panel.open(page)
  await panel.connected()
  await waitFor(async () => (await panel.counts()).events > 300, { what: 'some events', timeout: 60_000 })
  await panel.filter('-type:Tick')
  await panel.clickRow()
  const app = await page.screenshot({ encoding: 'base64' })
  const devtools = await panel.devtools.screenshot({ encoding: 'base64' })
  // A picture of DevTools leaves out the page that it is docked to, so a picture of the page is laid over it, top left.
  const sheet = await chromium.browser.newPage()
  await sheet.setContent(
    `<style>body{margin:0;position:relative;width:max-content}img{display:block}#app{position:absolute;inset:0 auto auto 0}</style>
     <img id="devtools" src="data:image/png;base64,${devtools}"><img id="app" src="data:image/png;base64,${app}">`,
  )
  const body = await sheet.waitForSelector('body')
  mkdirSync(fromRoot('docs'), { recursive: true })
  await body?.screenshot({ path: fromRoot('docs/panel.png') as `${string}.png` })
  console.log('docs/panel.png')
} finally {
  await chromium.close()
  await site.close()
}
