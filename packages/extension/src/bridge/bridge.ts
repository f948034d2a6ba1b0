import { pagehideEvent, parseWindowMessage, type WindowMessage } from '@playhead/shared/wire/handshake'
import { WIRE_VERSION } from '@playhead/shared/wire/limits'
import { type FromBridge, PORT_NAME, type ToBridge } from '../platform/envelope'
import { Channels } from './channels'

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
    post({ k: 'ready', url: location.href, origin: location.origin, title: document.title, top: window === window.top })

  const onLoad = (event: Event) => {
    const name = (event.target as Partial<Element> | null)?.nodeName
    if (name === 'IFRAME' || name === 'FRAME') post({ k: 'frames' })
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
    port.onMessage.addListener(message => channels.receive(message as ToBridge))
    port.onDisconnect.addListener(() => leave(port))
    ready()
    offer()
  }

  addEventListener('message', onWindowMessage)
  document.addEventListener('load', onLoad, true)
  chrome.runtime.onConnect.addListener(onConnect)
  return {
    alive: () => Boolean(chrome.runtime?.id),
    dispose() {
      removeEventListener('message', onWindowMessage)
      document.removeEventListener('load', onLoad, true)
      removeEventListener(pagehideEvent(nonce), onPagehide)
      panel = undefined
      channels.closeAll()
    },
  }
}
