import { compileGlobs } from '@playhead/shared/filter/glob'
import { LEVELS } from '@playhead/shared/model/event'
import type { HistoryEvent, HistoryQuery } from '../api/history'

/**
 * Makes one test of everything that a query asks. It reads the payload last, and only if the query asks for it, because that is parsed when
 * read.
 */
export function matcher(query: HistoryQuery): (event: HistoryEvent) => boolean {
  const types = globs(query.type)
  const sources = globs(query.source)
  const level = query.level === undefined ? LEVELS.length : LEVELS.indexOf(query.level)
  const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY, take, payload } = query
  return event =>
    event.time >= from &&
    event.time <= to &&
    (take === undefined || event.take === take) &&
    LEVELS.indexOf(event.level) <= level &&
    types(event.type) &&
    sources(event.source) &&
    (payload === undefined || holds(event.payload, payload))
}

function globs(given: string | string[] | undefined): (name: string) => boolean {
  if (given === undefined) return () => true
  return compileGlobs(Array.isArray(given) ? given : [given])
}

/** Whether `value` has every field of `wanted` with an equal value. */
function holds(value: unknown, wanted: unknown): boolean {
  if (Object.is(value, wanted)) return true
  if (typeof value !== 'object' || typeof wanted !== 'object' || value === null || wanted === null) return false
  if (Array.isArray(wanted)) {
    return Array.isArray(value) && value.length === wanted.length && wanted.every((item, i) => holds(value[i], item))
  }
  return Object.entries(wanted).every(
    ([key, item]) => Object.hasOwn(value, key) && holds((value as Record<string, unknown>)[key], item),
  )
}
