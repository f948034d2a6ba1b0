import { parseFilter } from '@playhead/shared/filter/parse'
import type { Span } from '../state/timeline-window'

/** Reads the stretch that the filter's text asks for; undefined where it asks for none. */
export function brushOf(text: string): Span | undefined {
  let from = Number.NEGATIVE_INFINITY
  let to = Number.POSITIVE_INFINITY
  for (const { not, any } of parseFilter(text).clauses) {
    const [only] = any
    if (not || any.length !== 1) continue
    if (only?.key === 'after') from = Math.max(from, only.time)
    if (only?.key === 'before') to = Math.min(to, only.time)
  }
  return from === Number.NEGATIVE_INFINITY && to === Number.POSITIVE_INFINITY ? undefined : { from, to }
}

/** The stretch has a beginning and an end. */
export function isStretch(span: Span | undefined): span is Span {
  return span !== undefined && Number.isFinite(span.from) && Number.isFinite(span.to) && span.to > span.from
}
