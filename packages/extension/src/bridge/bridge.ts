import { pagehideEvent, parseWindowMessage, type WindowMessage } from '@playhead/shared/wire/handshake'
import { WIRE_VERSION } from '@playhead/shared/wire/limits'
import { type FromBridge, MOST_TITLE, MOST_URL, PORT_NAME, parseToBridge } from '../platform/envelope'
import { Channels } from './channels'

/** ms from a loaded frame to its report, which stands for all that load until then. */
const FRAMES_DELAY = 100

// Markup of the page can shadow properties of `document` for content scripts too (`<img name="title">`), but not those of `window`.
const listenTo = EventTarget.prototype.addEventListener
const stopListening = EventTarget.prototype.removeEventListener
const titleOf = Object.getOwnPropertyDescriptor(Document.prototype, 'title')?.get

/** A bridge as its isolated world keeps it, so that a second injection finds it. */
export interface Bridge {
  /** False when the extension that injected it was reloaded or removed: it cannot be connected to any more. */
  alive(): boolean
  /** Closes every channel and stops listening. */
  dispose(): void
}

/**
 * Carries messages between the recorders of one frame and the panel, without reading them. It runs as a content script, in an isolated
 * world of the frame, and says nothing to the page before a panel connects.
 *
 *     page (recorders)                       isolated world (bridge)                      panel or background relay
 *
 *                                            onConnect ◀──── extension port ───────────── connects
 *                                            ready { url, origin, title, top } ─────────▶
 *     ◀── window: offer { nonce } ──────────
 *     window: port { nonce, recorder } ─────▶ channel c ── open { c, recorder } ─────────▶
 *     MessagePort ◀═════ messages ══════════▶ data { c, m } ◀════════════════════════════▶ unread here; the engine checks them
 *     `pagehide`: CustomEvent { data } ─────▶ data { c, batch } ─────────────────────────▶ the last batch
 *
 * A recorder that comes later announces itself (`sdk`) and is offered the same. Every panel gets a nonce of its own, so that a port which
 * was handed over for an earlier panel is refused. The nonce also names the event by which the last batch comes: messages posted on a port
 * in `pagehide` never arrive, while an event is dispatched at once.
 *
 * There is one panel at a time, the latest that connected.
 */
export function startBridge(): Bridge {
  let panel: chrome.runtime.Port | undefined
  let nonce = ''
  let reporting: ReturnType<typeof setTimeout> | undefined

  const post = (message: FromBridge) => {
    try {
      panel?.postMessage(message)
    } catch {
      // The port was closed between two messages, or the extension is gone. The recorder keeps what was not acknowledged.
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
