import type { WindowMessage } from '@playhead/shared/wire/handshake'
import { WIRE_VERSION } from '@playhead/shared/wire/limits'
import { listen } from '../page/natives'

export interface Doors {
  /** Says "I am here" to whoever may listen. */
  announce(): void
  dispose(): void
}

/**
 * The two doors on `window`: offers from this very window (the bridge of the extension; it can only be our own origin), and from the
 * window that framed or opened us, if its origin is one of `origins` (the standalone panel). Opaque origins are nobody's. `offered`
 * hears what looks like an offer; `here`: it came from this window.
 */
export function openDoors(
  page: Window & typeof globalThis,
  recorder: string,
  origins: readonly string[],
  offered: (event: MessageEvent, here: boolean) => void,
): Doors {
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
      // A window that is just going away.
    }
  })

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
