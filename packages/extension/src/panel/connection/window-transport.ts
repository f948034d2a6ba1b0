import { parseWindowMessage } from '@playhead/shared/wire/handshake'
import { WIRE_VERSION } from '@playhead/shared/wire/limits'
import type { PageLink, Transport, TransportEvents } from '../../platform/transport'

/** At most so many recorders are linked: as many as a bridge takes. */
const MOST_LINKS = 64
/** A page that was loaded anew announces itself within so many ms. */
const ANEW = 1500

/**
 * Standalone: the app runs in another window of an expected origin (a frame of this page, or the window that opened it) and hands its
 * ports over directly. The panel is its own bridge.
 */
export function windowTransport(app: () => Window | null, origin: string): Transport {
  const nonce = [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('')
  const links = new Map<string, { link: PageLink; port: MessagePort }>()
  let events: TransportEvents | undefined
  /** The last recorder went without a word: another panel may have it. */
  let left = false
  let leaving: ReturnType<typeof setTimeout> | undefined

  const place = { url: '', title: '', origin }
  const report = () =>
    events?.reach({ access: 'ok', page: links.size ? place : null, frames: links.size ? 1 : 0, message: '', left })
  const offer = () => app()?.postMessage({ playhead: 'offer', wire: WIRE_VERSION, nonce }, origin)

  const close = (recorder: string) => {
    const open = links.get(recorder)
    if (!open) return
    links.delete(recorder)
    open.port.postMessage({ t: 'closed' })
    open.port.close()
    events?.closed(open.link)
    report()
  }

  const open = (recorder: string, port: MessagePort) => {
    close(recorder)
    if (links.size >= MOST_LINKS) {
      port.close()
      return
    }
    const link: PageLink = {
      ...place,
      frame: 'top',
      send: message => port.postMessage(message),
      close: () => close(recorder),
    }
    links.set(recorder, { link, port })
    clearTimeout(leaving)
    left = false
    events?.opened(link)
    port.onmessage = event => events?.message(link, event.data)
    // Chromium tells when the other document is gone; elsewhere the missing answer to a ping does.
    port.addEventListener('close', () => {
      if (links.get(recorder)?.port !== port) return
      close(recorder)
      clearTimeout(leaving)
      leaving = setTimeout(() => {
        left = links.size === 0
        report()
      }, ANEW)
    })
    report()
  }

  const onMessage = (event: MessageEvent) => {
    if (event.origin !== origin || !event.source || event.source !== app()) return
    const message = parseWindowMessage(event.data)
    if (message?.playhead === 'sdk') offer()
    const port = event.ports[0]
    if (message?.playhead === 'port' && message.nonce === nonce && port) open(message.recorder, port)
  }

  return {
    start(listener) {
      events = listener
      addEventListener('message', onMessage)
      report()
      offer()
    },
    again: offer,
    dispose() {
      clearTimeout(leaving)
      removeEventListener('message', onMessage)
      for (const recorder of [...links.keys()]) close(recorder)
      events = undefined
    },
  }
}
