import { effect } from '@preact/signals'
import { save, saved } from './saved'
import type { Store } from './store'

/**
 * The browser may delete what an extension stored, and an empty list would hide it: says which sessions were there when the panel was
 * last open and are no more. From then on keeps the list of those there are.
 */
export function reportLost(store: Store): void {
  // What cannot be read now is not lost.
  if (store.status.value?.storage === 'degraded') return
  const there = new Set(store.sessions.value.map(session => session.id))
  const lost = saved().known.filter(session => !there.has(session.id))
  if (lost.length > 0) {
    const named = lost.slice(0, 3).map(({ name, events }) => `${name} (${events.toLocaleString('en')} events)`)
    const more = lost.length > 3 ? ` and ${lost.length - 3} more` : ''
    store.message.value = {
      text: `The browser deleted stored sessions to free space: ${named.join(', ')}${more}.`,
      where: '',
    }
  }
  effect(() => {
    const live = store.status.value?.session?.id
    const stored = store.sessions.value.filter(session => session.id !== live && session.events > 0)
    if (store.status.value?.retention.keep !== 'disk') return
    save({ known: stored.map(({ id, name, app, origin, events }) => ({ id, name: name || app || origin, events })) })
  })
}
