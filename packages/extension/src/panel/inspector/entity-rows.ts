import type { EntityPage, EntityTerm, RelatedEvent } from '@playhead/engine/contract/event'
import { type EntityChoice, sameName } from './entity-terms'

/** Rows asked for above those that are missing, so that scrolling up a little asks for nothing. */
const ABOVE = 20

/**
 * The value whose events are shown: that which the event has under the name that was chosen before; the chosen one as it was, where the
 * event lacks it; without a choice the event's first. Undefined where there is nothing to share.
 */
export function termFor(choices: readonly EntityChoice[], chosen: EntityTerm | null): EntityTerm | undefined {
  const own = choices.find(({ term }) => chosen && sameName(chosen, term))
  return own?.term ?? chosen ?? choices[0]?.term
}

/** The rows of an entity that came, by their place. Another order, take or session is another list, of which nothing is known. */
export class EntityRows {
  private of = ''
  private readonly rows = new Map<number, RelatedEvent>()

  /** From now on rows are those of the list of this name; if that is another list, all are forgotten. */
  turnTo(of: string): void {
    if (of !== this.of) this.rows.clear()
    this.of = of
  }

  put({ from, events }: Pick<EntityPage, 'from' | 'events'>): void {
    for (const [i, event] of events.entries()) this.rows.set(from + i, event)
  }

  at(place: number): RelatedEvent | undefined {
    return this.rows.get(place)
  }

  /** From which place on rows have to be asked for to show `count` from `first` on; undefined where all are here. */
  missingFrom(first: number, count: number): number | undefined {
    for (let place = first; place < first + count; place++) if (!this.rows.has(place)) return Math.max(0, place - ABOVE)
    return undefined
  }
}
