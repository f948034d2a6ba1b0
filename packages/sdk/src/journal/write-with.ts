import { Flag } from '@playhead/shared/model/event'
import { eventId } from '@playhead/shared/model/id'
import { Limits } from '@playhead/shared/wire/limits'
import type { Correlate, EventAbout } from '../api/adapter'
import { type Decision, kindOf, levelOf } from './decisions'
import type { Journal } from './journal'
import type { Name } from './name-registry'

/** Records an event of which the app or an adapter says more than its type does. Returns its number; 0 where it is not recorded. */
export function writeWith(
  journal: Journal,
  decision: Decision,
  source: Name,
  via: number,
  payload: unknown,
  about: EventAbout,
): number {
  const plain = about.level === undefined && about.kind === undefined
  const level = plain ? decision.level : levelOf(about)
  if (!decision.included || level > journal.policy.level) return 0
  const kind = plain ? decision.kind : kindOf(about, level)
  const named = about.source === undefined ? source : journal.sources.of(String(about.source).slice(0, Limits.name))
  const flags = decision.flags | (about.input ? Flag.input : 0)
  const { causedBy } = about
  const causes = causedBy === undefined ? undefined : Array.isArray(causedBy) ? causedBy : [causedBy]
  return journal.write(decision.type, level, kind, flags, named, via, payload, causes)
}

/** Work that is under way at once is remembered up to so many keys. */
const KEYS = 1000

/** Does what `writeWith` does, and lets the first event with a key cause the later ones that have no other cause. */
export function correlated(journal: Journal, correlate: Correlate): typeof writeWith {
  const known = new Map<unknown, number>()
  return (_journal, decision, source, via, payload, about) => {
    let key: unknown
    try {
      key = correlate({ type: decision.type.text, payload })
    } catch {
      // The app's function threw: the event has the cause that it has without it.
    }
    const first = known.get(key)
    const { stack } = journal
    if (first !== undefined && about.causedBy === undefined && stack.id === undefined)
      about = { ...about, causedBy: eventId(journal.producer, first) }
    const n = writeWith(journal, decision, source, via, payload, about)
    if (key === undefined || first !== undefined || n === 0) return n
    known.set(key, n)
    if (known.size > KEYS) known.delete(known.keys().next().value)
    return n
  }
}
