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

/** Frames of a page at most. */
const MOST_FRAMES = 512

/** Pairs the port of one panel with a port for each frame of its tab. Everything it knows lives in the ports' closures. */
function serve(panel: RuntimePort): void {
  const frames = new Map<number, RuntimePort>()
  const documents = new Set<number>()
  let next = 1
  /** The tab the panel inspects: the first it names. */
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

  /** One at a time; a request that comes meanwhile runs once more afterwards. */
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

const trusted = (sender: MessageSender | undefined) => isOwnPage(sender, browser.runtime.id, browser.runtime.getURL(''))

browser.runtime.onConnect.addListener(port => {
  if (port.name === RELAY_PORT && trusted(port.sender)) serve(port)
})

// The panel cannot ask for these itself.
browser.runtime.onMessage.addListener((raw: unknown, sender: MessageSender) => {
  const question = trusted(sender) ? parseQuestion(raw) : undefined
  if (question?.ask === 'private') return browser.tabs.get(question.tab).then(found => found.incognito)
  const origin = question && grantableOrigin(question.origin)
  if (!origin) return undefined
  const page = browser.runtime.getURL('src/panel/grant.html')
  return browser.tabs.create({ url: `${page}?origin=${encodeURIComponent(origin)}` }).then(() => true)
})
