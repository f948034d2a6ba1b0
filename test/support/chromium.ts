import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import puppeteer, { type Browser, type Page } from 'puppeteer-core'
import { chromiumFlags } from '../../scripts/lib/chromium-flags.ts'
import { findChromium } from '../../scripts/lib/find-browser.ts'
import { fromRoot } from '../../scripts/lib/paths.ts'
import { listenToErrors } from './console-errors'
import { waitFor, within } from './wait'

export const CHROMIUM_EXTENSION = fromRoot('packages/extension/dist/chromium')

/** How Chromium is started. */
export interface LaunchOptions {
  /** Folder of a profile to start with. Default: a fresh one, which `close` deletes. */
  profileDir?: string
  /** Folder of a built extension; undefined for none. Default: ours. */
  extension?: string | undefined
  /** Further command-line flags. */
  args?: string[]
  /** ms that one command of the debugging protocol may take. Default: 60,000. */
  protocolTimeout?: number
}

/** A Chromium that runs. */
export interface Chromium {
  browser: Browser
  profileDir: string
  /** Id of the extension, the same for the same folder; an empty text where there is none. */
  extensionId: string
  /** Opens an address in a new tab in front. */
  open(url: string): Promise<Page>
  /** Kills the whole browser, as a crash or a power cut would, and keeps the profile. Resolves when it is gone. */
  kill(): Promise<void>
  /** Ends the browser, and deletes the profile unless it was given. May follow `kill`. */
  close(): Promise<void>
}

/** The browsers that were launched and not closed. */
export const running = new Set<Chromium>()

/** Starts a headless Chromium with our built extension, over the debugging pipe. DevTools stay closed until a test opens them. */
export async function launchChromium(options: LaunchOptions = {}): Promise<Chromium> {
  const { profileDir = mkdtempSync(join(tmpdir(), 'playhead-profile-')), args = [], protocolTimeout = 60_000 } = options
  const extension = 'extension' in options ? options.extension : CHROMIUM_EXTENSION
  const executablePath = findChromium()
  if (!executablePath) throw new Error('no Chromium or Chrome here: install one or set CHROME_PATH')
  if (extension && !existsSync(join(extension, 'manifest.json')))
    throw new Error(`${extension} has no built extension: npm run build`)
  const browser = await puppeteer.launch({
    executablePath,
    headless: true,
    pipe: true,
    enableExtensions: true,
    userDataDir: profileDir,
    defaultViewport: null,
    protocolTimeout,
    args: [...chromiumFlags(), '--window-size=1400,1000', ...args],
  })
  const pid = browser.process()?.pid
  const gone = () => !pid || !alive(-pid)
  const endNow = async () => {
    if (pid && !gone()) process.kill(-pid, 'SIGKILL')
    await waitFor(gone, { what: 'the browser to be gone' })
  }
  try {
    const extensionId = extension ? await browser.installExtension(extension) : ''
    const chromium: Chromium = {
      browser,
      profileDir,
      extensionId,
      async open(url) {
        const page = await browser.newPage()
        listenToErrors(page)
        await page.goto(url)
        return page
      },
      kill: endNow,
      async close() {
        running.delete(chromium)
        if (!gone()) await within(browser.close(), 10_000).catch(() => undefined)
        await endNow()
        if (!options.profileDir) rmSync(profileDir, { recursive: true, force: true, maxRetries: 5 })
      },
    }
    running.add(chromium)
    return chromium
  } catch (error) {
    await endNow()
    throw error
  }
}

/** Tells whether a process is there; a negative number is that of a group. */
function alive(group: number): boolean {
  try {
    process.kill(group, 0)
    return true
  } catch {
    return false
  }
}
