import { pagehideEvent } from '@playhead/shared/wire/handshake'
import { dispatchCustom, page } from '../page/natives'
import type { ConnectedRecorder } from './connection'
import type { Link } from './link'

/**
 * The last way out. What is posted on a port in `pagehide` never arrives in this window's bridge; a synchronous event does, once per
 * batch. The `first` time everything not known to be taken in goes that way, also what is still under way on the port: the engine
 * knows doubles by their numbers. To another window (standalone, not `here`) the port is the way. False: nobody is there.
 */
export function deliverLast(first: boolean, link: Link, here: boolean, recorder: ConnectedRecorder): boolean {
  const { delivery, producer } = recorder
  if (!page || !here || link.nonce === '') {
    link.pump()
    return true
  }
  const name = pagehideEvent(link.nonce)
  const deliver = (data: ArrayBuffer) => dispatchCustom(page as Window, name, { recorder: producer, data })
  const explain = (before: number) => {
    const gaps = delivery.takeGaps(before)
    if (gaps.length > 0) deliver(recorder.encodeGaps(gaps))
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
