import { messageOf } from '@playhead/shared/values/message-of'
import { browser, type InjectedFrame, injectBridge, type RuntimePort } from './browser'
import { PORT_NAME } from './envelope'
import { FrameLinks } from './frame-links'
import type { Transport, TransportEvents } from './transport'

/** ms after which a further scan does not wait for an unfinished one. */
const INJECTION = 2_000

/**
 * ms after which a page that could not be reached is tried again. DevTools may tell of a navigation before the browser has made it:
 * then the answer is about the page before, and nothing else would ask again.
 */
const RETRIES = [250, 1_000, 4_000]

/** Frames of a page at most. */
const MOST_FRAMES = 512

/**
 * Chromium: the panel injects the bridge itself and opens one port straight to each frame's document; no service worker is in the
 * path. Rescans when the page navigates, when a frame reports a loaded child, and when a port breaks.
 */
export function directTransport(tabId: number, pageAddress: () => Promise<string>): Transport {
  const frames = new Map<string, { links: FrameLinks; port: RuntimePort }>()
  let events: TransportEvents | undefined
  let scanning = false
  let again = false
  let retries = 0
  let retrying: ReturnType<typeof setTimeout> | undefined

  const report = (access: 'ok' | 'denied' | 'error', message = '', address = '') => {
    const top = [...frames.values()].find(frame => frame.links.top)?.links
    events?.reach({ access, page: top?.page ?? placeOf(address), frames: frames.size, message })
  }

  const connect = (frame: InjectedFrame) => {
    const key = frame.documentId ?? String(frame.frameId)
    if (frames.has(key) || frames.size >= MOST_FRAMES || !events) return
    const where = frame.documentId ? { documentId: frame.documentId } : { frameId: frame.frameId }
    const port = browser.tabs.connect(tabId, { name: PORT_NAME, ...where })
    const links = new FrameLinks(
      { post: message => port.postMessage(message), disconnect: () => port.disconnect() },
      events,
      () => report('ok'),
      () => void scan(),
    )
    frames.set(key, { links, port })
    port.onMessage.addListener(message => links.receive(message))
    port.onDisconnect.addListener(() => {
      frames.delete(key)
      links.closeAll()
      void scan()
    })
  }

  /** One at a time; a request that comes meanwhile runs once more afterwards. */
  const scan = async () => {
    if (scanning) {
      again = true
      return
    }
    scanning = true
    do {
      again = false
      // The injection into a page that crashes meanwhile never ends. One that is only busy is connected when it comes to it.
      await Promise.race([inject(), late(INJECTION)])
    } while (again && events)
    scanning = false
  }

  const inject = async () => {
    try {
      for (const frame of await injectBridge(tabId)) connect(frame)
      clearTimeout(retrying)
      report('ok')
    } catch (error) {
      const message = messageOf(error)
      const denied = /cannot access|cannot be scripted|permission/i.test(message)
      retry()
      report(denied ? 'denied' : 'error', message, await pageAddress())
    }
  }

  const retry = () => {
    clearTimeout(retrying)
    const after = RETRIES[retries++]
    if (after !== undefined && events) retrying = setTimeout(() => void scan(), after)
  }

  const onNavigated = () => {
    retries = 0
    void scan()
  }

  return {
    start(listener) {
      events = listener
      browser.devtools.network.onNavigated.addListener(onNavigated)
      browser.permissions.onAdded?.addListener(onNavigated)
      void scan()
    },
    dispose() {
      browser.devtools.network.onNavigated.removeListener(onNavigated)
      browser.permissions.onAdded?.removeListener(onNavigated)
      for (const { links, port } of frames.values()) {
        port.disconnect()
        links.closeAll()
      }
      frames.clear()
      clearTimeout(retrying)
      events = undefined
    },
  }
}

function late(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms))
}

/** What an address alone tells of a page. */
export function placeOf(address: string): { url: string; title: string; origin: string } | null {
  try {
    const { origin } = new URL(address)
    return { url: address, title: '', origin }
  } catch {
    return null
  }
}
