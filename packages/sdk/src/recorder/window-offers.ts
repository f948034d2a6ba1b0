import type { WindowMessage } from '@playhead/shared/wire/handshake'
import { WIRE_VERSION } from '@playhead/shared/wire/limits'
import { listen } from '../page/natives'

export interface WindowOffers {
  /** Posts "a recorder is here" to this window and to those that may show a panel. */
  announce(): void
  dispose(): void
}

/**
 * Listens for panels that offer themselves by a message to `window`. A recorder hears two senders and nobody else:
 *
 *     this window         the extension's bridge, a content script; the sender's origin can only be the page's own
 *     parent or opener    a standalone panel that framed or opened the page, if its origin is one of `origins`
 *
 * Opaque origins (`null`) are shared by unrelated pages and never allowed. `offered` gets what looks like an offer, unparsed; `here` tells
 * that it came from this window.
 */
export function listenForOffers(
  page: Window & typeof globalThis,
  recorder: string,
  origins: readonly string[],
  offered: (event: MessageEvent, here: boolean) => void,
): WindowOffers {
  const others = () =>
    [page.parent, page.opener as Window | null].filter((other): other is Window => !!other && other !== page)
  const allowed = origins.filter(origin => !['null', '*', ''].includes(origin))

  const stop = listen(page, 'message', (event: MessageEvent) => {
    try {
      const { source, origin } = event
      const here = source === page && origin === page.origin
      const there = allowed.includes(origin) && others().includes(source as Window)
      if ((here || there) && event.data?.playhead === 'offer') offered(event, here)
    } catch {
      // The sender is a window that is just going away; looking at it throws.
    }
  })

  return {
    announce() {
      const hello: WindowMessage = { playhead: 'sdk', wire: WIRE_VERSION, recorder }
      try {
        page.postMessage(hello, '/')
        for (const other of others()) for (const origin of allowed) other.postMessage(hello, origin)
      } catch {
        // The receiver is a window that is just going away.
      }
    },
    dispose: stop,
  }
}
