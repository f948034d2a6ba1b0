import type { SessionInfo } from '@playhead/shared/model/session'
import type { Bounds, NextToGo } from '../contract/sessions'

/** What bounds need to know of a stored session. */
export type Kept = Pick<SessionInfo, 'id' | 'events' | 'bytes' | 'updated' | 'pinned'>

/** A session that must be removed, and the bound that all sessions together have passed. */
export interface Victim {
  id: string
  bound: keyof Bounds
}

const within = (value: number, bound: number) => bound === 0 || value <= bound

/**
 * Returns the stored sessions that must be removed, oldest first, so that all together are within the bounds. Sessions in `stay` (recorded
 * into, looked at) and pinned ones count, but are never chosen: where they alone pass a bound, it stays passed. `now` is epoch ms.
 */
export function victims(sessions: readonly Kept[], bounds: Bounds, stay: ReadonlySet<string>, now: number): Victim[] {
  const found: Victim[] = []
  let events = 0
  let bytes = 0
  for (const session of sessions) {
    events += session.events
    bytes += session.bytes
  }
  for (const session of oldestFirst(sessions)) {
    if (session.pinned || stay.has(session.id)) continue
    const bound = !within(now - session.updated, bounds.age)
      ? 'age'
      : !within(events, bounds.events)
        ? 'events'
        : !within(bytes, bounds.bytes)
          ? 'bytes'
          : undefined
    if (!bound) continue
    found.push({ id: session.id, bound })
    events -= session.events
    bytes -= session.bytes
  }
  return found
}

/**
 * Returns what is removed when a bound is passed next; null where nothing can be, or no bound is set. `live` is the session that records.
 */
export function nextToGo(
  live: Kept | null,
  sessions: readonly Kept[],
  bounds: { session: Bounds; total: Bounds },
  stay: ReadonlySet<string>,
): NextToGo | null {
  const filled = live ? Math.max(share(live.events, bounds.session.events), share(live.bytes, bounds.session.bytes)) : 0
  const all = sessions.reduce((sum, { events, bytes }) => ({ events: sum.events + events, bytes: sum.bytes + bytes }), {
    events: 0,
    bytes: 0,
  })
  const filledAll = Math.max(share(all.events, bounds.total.events), share(all.bytes, bounds.total.bytes))
  const oldest = oldestFirst(sessions).find(session => !session.pinned && !stay.has(session.id))
  if (oldest && (bounds.total.age > 0 || (filledAll > 0 && filledAll >= filled)))
    return { what: 'session', id: oldest.id }
  return filled > 0 || bounds.session.age > 0 ? { what: 'oldest events', id: live?.id ?? '' } : null
}

/** How much of a bound is used, 1 being all of it; 0 where there is none. */
function share(value: number, bound: number): number {
  return bound === 0 ? 0 : value / bound
}

function oldestFirst<T extends Kept>(sessions: readonly T[]): T[] {
  return [...sessions].sort((a, b) => a.updated - b.updated || (a.id < b.id ? -1 : 1))
}
