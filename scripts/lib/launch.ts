import puppeteer, { type Browser, type Page } from 'puppeteer-core'
import { chromiumFlags } from './chromium-flags.ts'
import { selectTab } from './front-end.ts'

/** How Chromium is started. */
export interface LaunchOptions {
  executablePath: string
  profile: string
  /** Folder of the built extension. */
  extension: string
  headless: boolean
}

/**
 * Starts Chromium with the extension. It is loaded over the debugging pipe, because branded Chrome ignores `--load-extension`. The caller
 * has to end the process group.
 */
export async function launch({ executablePath, profile, extension, headless }: LaunchOptions): Promise<Browser> {
  const browser = await puppeteer.launch({
    executablePath,
    headless,
    pipe: true,
    devtools: true,
    enableExtensions: true,
    userDataDir: profile,
    defaultViewport: null,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    // Hides the bar that says that the browser is remotely controlled.
    ignoreDefaultArgs: ['--enable-automation'],
    args: [...chromiumFlags(), '--hide-crash-restore-bubble', '--window-size=1500,1000'],
  })
  try {
    await browser.installExtension(extension)
    return browser
  } catch (error) {
    await browser.close()
    throw error
  }
}

/**
 * Selects the panel in the DevTools of a page. Resolves with false where it does not appear within `timeout` ms; the user can select it.
 */
export async function showPanel(page: Page, title: string, timeout = 20_000): Promise<boolean> {
  const devtools = await page.openDevTools()
  const deadline = Date.now() + timeout
  while (Date.now() < deadline) {
    if (await selectTab(devtools, title).catch(() => false)) return true
    await new Promise(resolve => setTimeout(resolve, 200))
  }
  return false
}
