import polyfill from 'webextension-polyfill'

/** The extension API, with promises in every browser. */
export const browser = polyfill

export type RuntimePort = polyfill.Runtime.Port
export type MessageSender = polyfill.Runtime.MessageSender

/** A frame that has the bridge. */
export interface InjectedFrame {
  frameId: number
  /** Names the frame's document, and so changes with every navigation. Undefined in Firefox. */
  documentId: string | undefined
}

/**
 * Injects the bridge into every frame of a tab that may be touched, without waiting until it has loaded. Rejects where the top document may
 * not be touched. Can be repeated: a bridge that is there stays.
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
