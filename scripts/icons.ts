/** Makes the extension's PNG icons from icon.svg. To be run by hand when the drawing changes; the PNGs are committed. */
import { readFileSync } from 'node:fs'
import puppeteer from 'puppeteer-core'
import { findChromium } from './lib/find-browser'
import { fromRoot } from './lib/paths'

const folder = fromRoot('packages/extension/public/icons')
const svg = readFileSync(`${folder}/icon.svg`, 'utf8')
const root = process.getuid?.() === 0
const browser = await puppeteer.launch({
  executablePath: findChromium(),
  pipe: true,
  args: root ? ['--no-sandbox'] : [],
})
const page = await browser.newPage()
for (const size of [16, 32, 48, 128]) {
  await page.setViewport({ width: size, height: size })
  await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px}</style>${svg}`)
  await page.screenshot({ path: `${folder}/icon-${size}.png`, omitBackground: true })
}
await browser.close()
