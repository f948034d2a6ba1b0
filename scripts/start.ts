/**
 * npm start [-- --example grid] [--headless] [--no-build] [--profile FOLDER]
 * Builds, serves the examples and the standalone page on one port of localhost, and opens a browser with the extension loaded and
 * DevTools on the example. Where that is not possible, it says so and prints the standalone page's address.
 */
import { mkdirSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Browser } from 'puppeteer-core'
import { build, EVERYTHING } from './lib/build.ts'
import { findChromium } from './lib/find-browser.ts'
import { launch, showPanel } from './lib/launch.ts'
import { fromRoot } from './lib/paths.ts'
import { BUILT, type Site, serve } from './lib/serve.ts'

const EXAMPLES = ['payments', 'grid']
const FIRST_PORT = 5180

const { values } = parseArgs({
  options: {
    example: { type: 'string', default: 'payments' },
    headless: { type: 'boolean', default: false },
    'no-build': { type: 'boolean', default: false },
    profile: { type: 'string', default: fromRoot('.cache/profile') },
  },
})

let site: Site | undefined
let browser: Browser | undefined
let ending = false

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end(0))
process.on('exit', killBrowser)

try {
  await start()
} catch (error) {
  if (!ending) {
    console.error(error instanceof Error ? error.message : error)
    await end(1)
  }
}

async function start(): Promise<void> {
  const { example } = values
  if (!EXAMPLES.includes(example)) throw new Error(`--example is one of ${EXAMPLES.join(', ')}, not "${example}"`)
  if (!values['no-build']) await build(EVERYTHING)

  const wanted = process.env.PORT ? Number(process.env.PORT) : undefined
  site = await serve({ mounts: BUILT, port: wanted ?? FIRST_PORT, further: wanted === undefined ? 50 : 0 })
  const standalone = `${site.origin}/panel/standalone.html?app=/${example}/`

  const executablePath = findChromium()
  const missing = whyNoBrowser(executablePath)
  if (missing || !executablePath) {
    console.log(`${missing}: the example and the panel side by side are at ${standalone}`)
    return
  }
  await openBrowser(executablePath, `${site.origin}/${example}/`)
  console.log(`Also without the extension: ${standalone}\nCtrl-C ends everything.`)
}

function whyNoBrowser(executablePath: string | undefined): string | undefined {
  if (!executablePath)
    return process.env.CHROME_PATH
      ? `CHROME_PATH (${process.env.CHROME_PATH}) is not a program`
      : 'No Chromium or Chrome here (CHROME_PATH can name one)'
  const display = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY
  return display || values.headless ? undefined : 'No display here'
}

async function openBrowser(executablePath: string, url: string): Promise<void> {
  const { profile } = values
  mkdirSync(profile, { recursive: true })
  browser = await launch({
    executablePath,
    profile,
    extension: fromRoot('packages/extension/dist/chromium'),
    headless: values.headless,
  })
  if (ending) return killBrowser()
  browser.once('disconnected', () => void end(0))
  const [blank] = await browser.pages()
  const page = blank ?? (await browser.newPage())
  await page.goto(url)
  console.log(`${url} is open`)
  const shown = await showPanel(page, 'Playhead')
  console.log(shown ? 'The Playhead panel is open in DevTools.' : 'Choose the Playhead panel in DevTools.')
}

async function end(code: number): Promise<void> {
  if (ending) return
  ending = true
  // A browser that is closed writes its profile and the recordings to disk. One that does not answer is killed.
  await Promise.race([browser?.close().catch(() => undefined), new Promise(resolve => setTimeout(resolve, 5_000))])
  killBrowser()
  await site?.close()
  process.exit(code)
}

function killBrowser(): void {
  const pid = browser?.process()?.pid
  if (!pid) return
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL')
  } catch {
    // The process is gone already.
  }
}
