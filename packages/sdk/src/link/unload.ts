import { isProducerId, type ProducerId } from '@playhead/shared/model/id'
import { pagehideEvent } from '@playhead/shared/wire/handshake'
import type { HelloMessage } from '@playhead/shared/wire/messages'
import { dispatchCustom, page, parse, scope, stringify } from '../natives'
import type { Connection } from './connection'
import type { LinkOwner } from './link'

export type Previous = NonNullable<HelloMessage['previous']>

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

const key = (name: string) => `playhead:${name}`

/** What an earlier page of this tab and origin wrote down; read once. Storage may be forbidden. */
export function takePrevious(name: string): Previous | null {
  try {
    const storage = scope.sessionStorage
    const text = storage?.getItem(key(name))
    if (!text) return null
    storage?.removeItem(key(name))
    const { producer, emitted, sent } = parse(text) as Record<string, unknown>
    if (!isProducerId(producer) || !isCount(emitted) || !isCount(sent) || sent > emitted) return null
    return { producer, emitted, sent }
  } catch {
    return null
  }
}

export function writePrevious(name: string, previous: Previous | null): void {
  try {
    if (previous) scope.sessionStorage?.setItem(key(name), stringify(previous))
    else scope.sessionStorage?.removeItem(key(name))
  } catch {
    // Forbidden or full: the next page has nothing to tell.
  }
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}
