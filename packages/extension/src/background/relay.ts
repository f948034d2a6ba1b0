import { browser, injectBridge, type MessageSender, type RuntimePort } from '../platform/browser'
import { PORT_NAME } from '../platform/envelope'
import { type FromRelay, RELAY_PORT, type ToRelay } from '../platform/relay-envelope'

/** Pairs the port of one panel with a port for each frame of its tab. Everything it knows lives in the ports' closures. */
function serve(panel: RuntimePort): void {
  const frames = new Map<number, RuntimePort>()
  const documents = new Set<number>()
  let next = 1

  const post = (message: FromRelay) => panel.postMessage(message)

  const connect = (tabId: number, frameId: number) => {
    if (documents.has(frameId)) return
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

  const scan = async (tabId: number) => {
    try {
      for (const frame of await injectBridge(tabId)) connect(tabId, frame.frameId)
      post({ r: 'scanned', denied: false, message: '' })
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      post({ r: 'scanned', denied: /permission|access/i.test(message), message })
    }
  }

  panel.onMessage.addListener(raw => {
    const message = raw as ToRelay
    if (message.r === 'scan') void scan(message.tab)
    else if (message.r === 'data') frames.get(message.f)?.postMessage(message.m)
    else frames.get(message.f)?.disconnect()
  })
  panel.onDisconnect.addListener(() => {
    for (const port of frames.values()) port.disconnect()
    frames.clear()
  })
}

browser.runtime.onConnect.addListener(port => {
  if (port.name === RELAY_PORT && port.sender?.id === browser.runtime.id) serve(port)
})

// The panel cannot ask for these itself.
browser.runtime.onMessage.addListener((raw: unknown, sender: MessageSender) => {
  if (sender.id !== browser.runtime.id || typeof raw !== 'object' || raw === null) return undefined
  const { ask, tab, origin } = raw as { ask?: unknown; tab?: unknown; origin?: unknown }
  if (ask === 'private' && typeof tab === 'number') return browser.tabs.get(tab).then(found => found.incognito)
  if (ask === 'grant' && typeof origin === 'string') {
    const page = browser.runtime.getURL('src/panel/grant.html')
    return browser.tabs.create({ url: `${page}?origin=${encodeURIComponent(origin)}` }).then(() => true)
  }
  return undefined
})
