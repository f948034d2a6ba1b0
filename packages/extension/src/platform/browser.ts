import polyfill from 'webextension-polyfill'

/** The extension API with promises, in every browser. */
export const browser = polyfill

export type RuntimePort = polyfill.Runtime.Port
export type MessageSender = polyfill.Runtime.MessageSender

export interface InjectedFrame {
  frameId: number
  /** Names one document: changes with every navigation. Absent in Firefox. */
  documentId: string | undefined
}

/**
 * Puts the bridge into every reachable frame of a tab, at once. Rejects where the tab's own document may not be touched.
 * Repeating it is harmless: a bridge that is there stays.
 */
export async function injectBridge(tabId: number): Promise<InjectedFrame[]> {
  const results = await browser.scripting.executeScript({
    target: { tabId, allFrames: true },
    files: ['bridge.js'],
    injectImmediately: true,
  })
  return results.map(result => ({
    frameId: result.frameId,
    documentId: (result as { documentId?: string }).documentId,
  }))
}
