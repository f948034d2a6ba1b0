import type { ProducerId } from '@playhead/shared/model/id'
import { pagehideEvent } from '@playhead/shared/wire/handshake'
import { dispatchCustom, page } from '../natives'
import type { Connection } from './connection'
import type { LinkOwner } from './link'

/**
 * The last way out. What is posted on a port in `pagehide` never arrives in this window's bridge; a synchronous event does, once per
 * batch. The `first` time everything not known to be taken in goes that way, also what is still under way on the port: the engine
 * knows doubles by their numbers. To another window (standalone) the port is the way. False: nobody is there.
 */
export function deliverLast(first: boolean, recorder: ProducerId, connection: Connection, owner: LinkOwner): boolean {
  const { link, nonce } = connection
  const { buffer } = owner
  if (!link) return false
  if (!page || nonce === '') {
    link.pump()
    return true
  }
  const name = pagehideEvent(nonce)
  const deliver = (data: ArrayBuffer) => dispatchCustom(page as Window, name, { recorder, data })
  const explain = (before: number) => {
    const gaps = buffer.takeGaps(before)
    if (gaps.length > 0) deliver(owner.encodeGaps(gaps))
  }
  if (first) for (const batch of buffer.underWay()) deliver(batch.data())
  for (let batch = buffer.next(); batch; batch = buffer.next()) {
    explain(batch.firstN)
    deliver(batch.data())
    buffer.sent()
  }
  explain(Number.POSITIVE_INFINITY)
  return true
}
