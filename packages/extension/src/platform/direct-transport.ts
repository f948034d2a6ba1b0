import { messageOf } from '@playhead/shared/values/message-of'
import { browser, type InjectedFrame, injectBridge, type RuntimePort } from './browser'
import { PORT_NAME } from './envelope'
import { FrameLinks } from './frame-links'
import type { Transport, TransportEvents } from './transport'

/** ms for which a scan waits for its injection; then another scan may begin. */
const INJECTION = 2_000

/**
 * ms after which a page that could not be reached is tried again. DevTools may tell of a navigation before the browser has made it. The
 * answer is then about the page before, and nothing else would cause another scan.
 */
const RETRIES = [250, 1_000, 4_000]

/** At most so many frames of a page are connected. */
const MOST_FRAMES = 512

/**
 * The transport for Chromium. The panel injects the bridge and opens one port to each frame's document; no service worker takes part:
 *
 *     scan ─▶ inject the bridge into all frames ─┬─ done ───▶ connect to the documents that have no port yet ─▶ reach `ok`
 *      ▲                                         └─ refused ─▶ reach `denied` or `error`; again after 250, 1,000 and 4,000 ms
 *      │
 *      ├── the page navigated, or the user granted access
 *      ├── a frame reported that a child frame loaded
 *      └── a port was closed: its document is gone, perhaps another one came
 *
 *     panel ◀── port (name `playhead`) ──▶ bridge of one document ◀── MessagePort of each recorder ──▶ page
 *               messages of FrameLinks
 *
 * A frame is known by the id of its document, so a scan never connects twice to one document, and always to the next one in the same
 * frame. One scan runs at a time; requests that come meanwhile lead to one more. An injection into a page that crashes never ends: a scan
 * waits 2,000 ms for it, and connects the frames of a slow one when it ends after all.
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

  const scan = async () => {
    if (scanning) {
      again = true
      return
    }
    scanning = true
    do {
      again = false
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

/** Resolves after so many ms. */
function late(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms))
}

/** Returns what an address alone tells of a page; null where it is none. */
export function placeOf(address: string): { url: string; title: string; origin: string } | null {
  try {
    const { origin } = new URL(address)
    return { url: address, title: '', origin }
  } catch {
    return null
  }
}
