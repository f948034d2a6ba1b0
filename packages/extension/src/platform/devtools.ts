import { browser } from './browser'
import { directTransport } from './direct-transport'
import { relayTransport } from './relay-transport'
import type { Transport } from './transport'

/** What the panel needs to know of the DevTools window it lives in. */
export interface InspectedTab {
  tabId: number
  /** Names this tab in this run of the browser; tab numbers alone repeat after a restart. */
  key: string
  /** A private window, or not known: nothing may be written to disk. */
  private: boolean
}

export async function inspectedTab(): Promise<InspectedTab> {
  const { tabId } = browser.devtools.inspectedWindow
  return { tabId, key: `${await browserRun()}:${tabId}`, private: await isPrivate(tabId) }
}

/** Direct where the panel may connect to tabs itself, otherwise through the background relay. */
export function pageTransport(tabId: number): Transport {
  return 'tabs' in browser && typeof browser.tabs?.connect === 'function'
    ? directTransport(tabId, pageAddress)
    : relayTransport(tabId, pageAddress)
}

/** Constant expression: nothing that arrived from anywhere is ever evaluated. Empty where the page does not answer. */
async function pageAddress(): Promise<string> {
  try {
    const answer: unknown = await browser.devtools.inspectedWindow.eval('location.href')
    // Firefox, and Chromium behind the polyfill, give [value, error]; Chromium's own `browser` gives the value.
    const address: unknown = Array.isArray(answer) ? answer[0] : answer
    return typeof address === 'string' ? address : ''
  } catch {
    return ''
  }
}

async function browserRun(): Promise<string> {
  const storage = browser.storage.session
  const { run } = await storage.get('run')
  if (typeof run === 'string') return run
  const fresh = crypto.randomUUID()
  await storage.set({ run: fresh })
  return fresh
}

async function isPrivate(tabId: number): Promise<boolean> {
  try {
    if ('tabs' in browser && browser.tabs?.get) return (await browser.tabs.get(tabId)).incognito
    return (await browser.runtime.sendMessage({ ask: 'private', tab: tabId })) !== false
  } catch {
    return true
  }
}

export function themeName(): 'dark' | 'light' {
  return browser.devtools.panels.themeName === 'dark' ? 'dark' : 'light'
}

/** Returns a function that stops listening. */
export function onThemeChange(listener: (theme: 'dark' | 'light') => void): () => void {
  const panels = browser.devtools.panels as typeof browser.devtools.panels & {
    setThemeChangeHandler?: (handler: ((name: string) => void) | null) => void
    onThemeChanged?: { addListener(l: (name: string) => void): void; removeListener(l: (name: string) => void): void }
  }
  const handler = (name: string) => listener(name === 'dark' ? 'dark' : 'light')
  if (panels.onThemeChanged) {
    panels.onThemeChanged.addListener(handler)
    return () => panels.onThemeChanged?.removeListener(handler)
  }
  panels.setThemeChangeHandler?.(handler)
  return () => panels.setThemeChangeHandler?.(null)
}
