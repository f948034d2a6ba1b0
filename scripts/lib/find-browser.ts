import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

const CHROMIUM_NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
]
const CHROMIUM_PLACES: Partial<Record<NodeJS.Platform, string[]>> = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap(name => {
    const folder = process.env[name]
    return folder ? [join(folder, 'Google/Chrome/Application/chrome.exe')] : []
  }),
}

/** Returns the path of a Chromium or Chrome: CHROME_PATH, or one in the usual places. Undefined where there is none. */
export function findChromium(): string | undefined {
  const wanted = process.env.CHROME_PATH
  if (wanted) return runnable(wanted) ? wanted : undefined
  return firstRunnable(CHROMIUM_NAMES, CHROMIUM_PLACES[process.platform])
}

/** Returns the path of a Firefox: FIREFOX_PATH, or one in the usual places. Undefined where there is none. */
export function findFirefox(): string | undefined {
  const wanted = process.env.FIREFOX_PATH
  if (wanted) return runnable(wanted) ? wanted : undefined
  return firstRunnable(['firefox-esr', 'firefox'], ['/Applications/Firefox.app/Contents/MacOS/firefox'])
}

function firstRunnable(names: string[], places: string[] = []): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  return [...names.flatMap(name => folders.map(folder => join(folder, name))), ...places].find(runnable)
}

function runnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
