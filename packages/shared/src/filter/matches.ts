import { RECORDING } from '../model/event'
import { type Filter, type Term, termsOf } from './filter'
import type { FilterableEvent } from './filterable-event'
import { definitionOf } from './terms/terms'

/** Tells whether an event passes a filter. It is slow and plain, and every faster way is tested against it. */
export function matches(filter: Filter, event: FilterableEvent): boolean {
  const takes = termsOf(filter).some(term => term.key === 'take')
  if (!takes && event.take !== RECORDING) return false
  return (filter.all ?? []).every(({ not, any }) => any.some(term => holds(term, event)) !== (not ?? false))
}

function holds(term: Term, event: FilterableEvent): boolean {
  return definitionOf(term).holds(term, event)
}
