import { messageOf } from '@playhead/shared/values/message-of'
import { browser, injectBridge, type MessageSender, type RuntimePort } from '../platform/browser'
import { PORT_NAME } from '../platform/envelope'
import { grantableOrigin } from '../platform/origin'
import {
  type FromRelay,
  isOwnPage,
  parseQuestion,
  parseToRelay,
  RELAY_PORT,
  type ToRelay,
} from '../platform/relay-envelope'

/** At most so many frames of a page are connected. */
const MOST_FRAMES = 512

/**
 * Firefox only, where a panel may neither inject scripts nor connect to tabs. Pairs the port of one panel with a port to the bridge of each
 * frame in its tab, and passes messages on unread:
 *
 *     panel ◀── one port: { r: 'data', f, m } ──▶ relay ◀── one port for each frame f: m ──▶ bridge
 *     panel ─── { r: 'scan', tab } ─────────────▶ injects the bridge into every frame, connects to new ones, answers `scanned`
 *
 * Nothing is stored: all state is in this closure, and goes with the panel's port. If the browser puts the background page to sleep, the
 * port breaks, and the panel connects and scans again.
 */
function serve(panel: RuntimePort): void {
  const frames = new Map<number, RuntimePort>()
  const documents = new Set<number>()
  let next = 1
  /** The tab that the panel inspects: the first that it names. Others are refused. */
  let tab: number | undefined
  let scanning = false
  let again = false
  let gone = false

  const post = (message: FromRelay) => {
    if (!gone) panel.postMessage(message)
  }

  const connect = (tabId: number, frameId: number) => {
    if (gone || documents.has(frameId) || documents.size >= MOST_FRAMES) return
    documents.add(frameId)
    const f = next++
    const port = browser.tabs.connect(tabId, { name: PORT_NAME, frameId })
    frames.set(f, port)
    post({ r: 'frame', f })
    port.onMessage.addListener(m => post({ r: 'data', f, m }))
    port.onDisconnect.addListener(() => {
      if (!frames.delete(f)) return
      documents.delete(frameId)
      post({ r: 'gone', f })
    })
  }

  /** One scan runs at a time. Requests that come meanwhile lead to one more scan afterwards. */
  const scan = async (tabId: number) => {
    again = scanning
    if (scanning) return
    scanning = true
    do {
      again = false
      try {
        for (const frame of await injectBridge(tabId)) connect(tabId, frame.frameId)
        post({ r: 'scanned', denied: false, message: '' })
      } catch (error) {
        const message = messageOf(error)
        post({ r: 'scanned', denied: /permission|access/i.test(message), message })
      }
    } while (again && !gone)
    scanning = false
  }

  const obey = (message: ToRelay) => {
    if (message.r === 'scan') {
      tab ??= message.tab
      if (message.tab === tab) void scan(tab)
    } else if (message.r === 'data') frames.get(message.f)?.postMessage(message.m)
    else frames.get(message.f)?.disconnect()
  }

  panel.onMessage.addListener(raw => {
    const message = parseToRelay(raw)
    if (message) obey(message)
  })
  panel.onDisconnect.addListener(() => {
    gone = true
    for (const port of frames.values()) port.disconnect()
    frames.clear()
  })
}

/** True: a page of this extension sent it, and no bridge in a page of the web. */
const trusted = (sender: MessageSender | undefined) => isOwnPage(sender, browser.runtime.id, browser.runtime.getURL(''))

browser.runtime.onConnect.addListener(port => {
  if (port.name === RELAY_PORT && trusted(port.sender)) serve(port)
})

// What a panel in Firefox cannot ask the browser itself: whether a tab is private, and for access to an origin.
browser.runtime.onMessage.addListener((raw: unknown, sender: MessageSender) => {
  const question = trusted(sender) ? parseQuestion(raw) : undefined
  if (question?.ask === 'private') return browser.tabs.get(question.tab).then(found => found.incognito)
  const origin = question && grantableOrigin(question.origin)
  if (!origin) return undefined
  const page = browser.runtime.getURL('src/panel/grant.html')
  return browser.tabs.create({ url: `${page}?origin=${encodeURIComponent(origin)}` }).then(() => true)
})
