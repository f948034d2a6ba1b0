import type { SessionInfo } from '@playhead/shared/model/session'
import { effect } from '@preact/signals'
import { type KnownSession, save, saved } from '../state/saved'
import type { Store } from '../state/store'

/**
 * The browser may delete what an extension stored, and an empty list would hide it: says which sessions were there when the panel was
 * last open and are no more. From then on keeps the list of those there are.
 */
export function reportLost(store: Store): void {
  const there = new Set(store.sessions.value.map(session => session.id))
  // Where the disk refuses, sessions cannot be read, which does not mean that they are lost.
  const lost = isDegraded(store) ? [] : saved().known.filter(session => !there.has(session.id))
  if (lost.length > 0) {
    const named = lost.slice(0, 3).map(({ name, events }) => `${name} (${events.toLocaleString('en')} events)`)
    const more = lost.length > 3 ? ` and ${lost.length - 3} more` : ''
    store.message.value = {
      text: `The browser deleted stored sessions to free space: ${named.join(', ')}${more}.`,
      where: '',
    }
  }
  let kept = ''
  effect(() => {
    const { status } = store
    if (status.value?.retention.keep !== 'disk' || isDegraded(store)) return
    const { session: live, events, persistedSeq } = status.value
    const stored = store.sessions.value.filter(session => session.id !== live?.id && session.events > 0)
    const known = stored.map(session => nameIt(session, session.events))
    // Its events are rounded, because this runs each time there are more of them.
    if (live && persistedSeq >= 0 && events > 0) known.unshift(nameIt(live, Number(events.toPrecision(2))))
    const text = JSON.stringify(known)
    if (text !== kept) save({ known })
    kept = text
  })
}

function isDegraded({ status }: Store): boolean {
  return status.value?.storage === 'degraded'
}

function nameIt({ id, name, app, origin }: SessionInfo, events: number): KnownSession {
  return { id, name: name || app || origin, events }
}
