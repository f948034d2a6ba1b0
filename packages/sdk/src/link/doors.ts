import { parseWindowMessage, type WindowMessage } from '@playhead/shared/wire/handshake'
import { WIRE_VERSION } from '@playhead/shared/wire/limits'
import { createChannel, listen } from '../natives'

export interface Doors {
  /** Says "I am here" to whoever may listen. */
  announce(): void
  dispose(): void
}

/** Whether an offer with this nonce is wanted; then the port follows. `here`: it came from this window, that is from the bridge. */
export interface Doorkeeper {
  wants(nonce: string): boolean
  enter(port: MessagePort, nonce: string, here: boolean): void
}

/**
 * The two doors on `window`: offers from this very window (the bridge of the extension; it can only be our own origin), and from the
 * window that framed or opened us, if its origin is one of `origins` (the standalone panel). Opaque origins are nobody's.
 */
export function openDoors(
  page: Window & typeof globalThis,
  recorder: string,
  origins: readonly string[],
  keeper: Doorkeeper,
): Doors {
  const others = () =>
    [page.parent, page.opener as Window | null].filter((other): other is Window => !!other && other !== page)
  const allowed = origins.filter(origin => origin !== 'null' && origin !== '*' && origin !== '')

  const onMessage = (event: MessageEvent) => {
    const here = event.source === page && event.origin === page.origin
    const there = !here && allowed.includes(event.origin) && others().includes(event.source as Window)
    if (!here && !there) return
    const message = parseWindowMessage(event.data)
    if (message?.playhead !== 'offer' || message.wire !== WIRE_VERSION || !keeper.wants(message.nonce)) return
    const { port1, port2 } = createChannel()
    const answer: WindowMessage = { playhead: 'port', wire: WIRE_VERSION, nonce: message.nonce, recorder }
    if (here) page.postMessage(answer, '/', [port2])
    else (event.source as Window).postMessage(answer, event.origin, [port2])
    keeper.enter(port1, message.nonce, here)
  }
  const guarded = (event: MessageEvent) => {
    try {
      onMessage(event)
    } catch {
      // A window that is just going away.
    }
  }
  const stop = listen(page, 'message', guarded)

  return {
    announce() {
      const hello: WindowMessage = { playhead: 'sdk', wire: WIRE_VERSION, recorder }
      try {
        page.postMessage(hello, '/')
        for (const other of others()) for (const origin of allowed) other.postMessage(hello, origin)
      } catch {
        // As above.
      }
    },
    dispose: stop,
  }
}
