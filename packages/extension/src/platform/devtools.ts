import { browser } from './browser'
import { directTransport } from './direct-transport'
import { relayTransport } from './relay-transport'
import type { Transport } from './transport'

/** The tab that the DevTools window around this panel inspects. */
export interface InspectedTab {
  tabId: number
  /** Names the tab in this run of the browser, as numbers of tabs repeat after a restart. */
  key: string
  /** True: the window is private, or nobody knows. Nothing may be written to disk. */
  private: boolean
}

/** Returns the tab that the DevTools around this panel inspect. */
export async function inspectedTab(): Promise<InspectedTab> {
  const { tabId } = browser.devtools.inspectedWindow
  return { tabId, key: `${await browserRun()}:${tabId}`, private: await isPrivate(tabId) }
}

/**
 * Returns the direct transport where a panel may connect to tabs (Chromium), and the one through the background relay elsewhere (Firefox).
 */
export function pageTransport(tabId: number): Transport {
  return 'tabs' in browser && typeof browser.tabs?.connect === 'function'
    ? directTransport(tabId, pageAddress)
    : relayTransport(tabId, pageAddress)
}

/**
 * Returns the address of the page; an empty text where the page does not answer. The expression is a constant: nothing that arrived from
 * anywhere is ever evaluated.
 */
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

/** Names this run of the browser by a random id, which the first panel of the run puts into the session's storage. */
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

/** Returns the theme of DevTools; one that is not dark counts as light. */
export function themeName(): 'dark' | 'light' {
  return browser.devtools.panels.themeName === 'dark' ? 'dark' : 'light'
}

/** Calls the listener when the user changes the theme of DevTools. Returns a function that stops listening. */
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
