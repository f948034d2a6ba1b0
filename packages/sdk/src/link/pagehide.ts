import { pagehideEvent } from '@playhead/shared/wire/handshake'
import { dispatchCustom, page } from '../page/natives'
import type { ConnectionDelegate } from './connection'
import type { Link } from './link'

/**
 * Delivers what is left while the page goes away. What is posted on a port in `pagehide` never arrives in this window's bridge; a
 * synchronous event on `window` does, one for each batch:
 *
 *     recorder ── CustomEvent, named by the handshake's nonce ─▶ bridge, in the same call ─▶ panel
 *
 * The `first` call sends everything that is not known to be taken in, also what is still under way on the port: the engine knows doubles by
 * their numbers. A panel in another window (not `here`) is reached by the port, which works there.
 */
export function deliverLast(first: boolean, link: Link, here: boolean, delegate: ConnectionDelegate): boolean {
  const { delivery, producer } = delegate
  if (!page || !here || link.nonce === '') {
    link.pump()
    return true
  }
  const name = pagehideEvent(link.nonce)
  const deliver = (data: ArrayBuffer) => dispatchCustom(page as Window, name, { recorder: producer, data })
  const explain = (before: number) => {
    const gaps = delivery.takeGaps(before)
    if (gaps.length > 0) deliver(delegate.encodeGaps(gaps))
  }
  if (first) for (const batch of delivery.underWay()) deliver(batch.data())
  for (let batch = delivery.next(); batch; batch = delivery.next()) {
    explain(batch.firstN)
    deliver(batch.data())
    delivery.sent()
  }
  explain(Number.POSITIVE_INFINITY)
  return true
}
