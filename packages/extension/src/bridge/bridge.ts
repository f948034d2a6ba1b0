import { pagehideEvent, parseWindowMessage, type WindowMessage } from '@playhead/shared/wire/handshake'
import { WIRE_VERSION } from '@playhead/shared/wire/limits'
import { type FromBridge, MOST_TITLE, MOST_URL, PORT_NAME, parseToBridge } from '../platform/envelope'
import { Channels } from './channels'

/** ms within which any number of loaded frames is reported once. */
const FRAMES_DELAY = 100

// A page's markup can shadow the properties of `document` for content scripts too (`<img name="title">`), those of `window` it cannot.
const listenTo = EventTarget.prototype.addEventListener
const stopListening = EventTarget.prototype.removeEventListener
const titleOf = Object.getOwnPropertyDescriptor(Document.prototype, 'title')?.get

/** What stays of a bridge in its isolated world, so that a second injection finds it. */
export interface Bridge {
  /** False once the extension that injected it was reloaded or removed. */
  alive(): boolean
  dispose(): void
}

/**
 * Carries messages between the recorders of this frame and the panel, unread. Silent until a panel connects: before that it only
 * listens. Each panel gets a nonce of its own, so a port handed over for an earlier panel is refused.
 */
export function startBridge(): Bridge {
  let panel: chrome.runtime.Port | undefined
  let nonce = ''
  let reporting: ReturnType<typeof setTimeout> | undefined

  const post = (message: FromBridge) => {
    try {
      panel?.postMessage(message)
    } catch {
      // Disconnected between two messages, or the extension is gone: the recorder keeps what was not acknowledged.
    }
  }
  const channels = new Channels(post)
  const say = (message: WindowMessage) => window.postMessage(message, '/')
  const offer = () => say({ playhead: 'offer', wire: WIRE_VERSION, nonce })

  const onWindowMessage = (event: MessageEvent) => {
    if (event.source !== window || event.origin !== window.origin || !panel) return
    const message = parseWindowMessage(event.data)
    if (message?.playhead === 'sdk') offer()
    const port = event.ports[0]
    if (message?.playhead === 'port' && message.nonce === nonce && port) channels.open(message.recorder, port)
  }

  const onPagehide = (event: Event) => {
    const { recorder, data } = ((event as CustomEvent).detail ?? {}) as { recorder?: unknown; data?: unknown }
    if (typeof recorder === 'string' && Object.prototype.toString.call(data) === '[object ArrayBuffer]') {
      channels.lastBatch(recorder, data as ArrayBuffer)
    }
  }

  const ready = () =>
    post({
      k: 'ready',
      url: location.href.slice(0, MOST_URL),
      origin: location.origin,
      title: String(titleOf?.call(document)).slice(0, MOST_TITLE),
      top: window === window.top,
    })

  const onLoad = (event: Event) => {
    const name = (event.target as Partial<Element> | null)?.nodeName
    if (!panel || !event.isTrusted || (name !== 'IFRAME' && name !== 'FRAME')) return
    reporting ??= setTimeout(() => {
      reporting = undefined
      post({ k: 'frames' })
    }, FRAMES_DELAY)
  }

  const leave = (port: chrome.runtime.Port) => {
    if (panel !== port) return
    panel = undefined
    removeEventListener(pagehideEvent(nonce), onPagehide)
    channels.closeAll()
  }

  const onConnect = (port: chrome.runtime.Port) => {
    if (port.name !== PORT_NAME) return
    if (panel) {
      const old = panel
      leave(old)
      old.disconnect()
    }
    panel = port
    nonce = [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('')
    addEventListener(pagehideEvent(nonce), onPagehide)
    port.onMessage.addListener(raw => {
      const message = parseToBridge(raw)
      if (message) channels.receive(message)
    })
    port.onDisconnect.addListener(() => leave(port))
    ready()
    offer()
  }

  addEventListener('message', onWindowMessage)
  listenTo.call(document, 'load', onLoad, true)
  chrome.runtime.onConnect.addListener(onConnect)
  return {
    alive: () => Boolean(chrome.runtime?.id),
    dispose() {
      removeEventListener('message', onWindowMessage)
      clearTimeout(reporting)
      stopListening.call(document, 'load', onLoad, true)
      removeEventListener(pagehideEvent(nonce), onPagehide)
      panel = undefined
      channels.closeAll()
    },
  }
}
