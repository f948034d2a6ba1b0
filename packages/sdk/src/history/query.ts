import { compileGlobs } from '@playhead/shared/filter/glob'
import { LEVELS } from '@playhead/shared/model/event'
import type { HistoryEvent, HistoryQuery, NameTest } from '../api/history'
import { levelOf } from '../journal/decisions'
import { isArray } from '../page/natives'
import { warnWrong } from '../page/wrong'

/**
 * Makes one test of everything that a query asks. It reads the payload last, and only if the query asks for it, because that is parsed when
 * read.
 */
export function matcher(query: HistoryQuery): (event: HistoryEvent) => boolean {
  const types = namesTest('type', query.type)
  const sources = namesTest('source', query.source)
  const level = query.level === undefined ? LEVELS.length : levelOf(query)
  const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY, take, payload } = query
  return event =>
    event.time >= from &&
    event.time <= to &&
    (take === undefined || event.take === take) &&
    LEVELS.indexOf(event.level) <= level &&
    types(event.type) &&
    sources(event.source) &&
    (payload === undefined || (typeof payload === 'function' ? payload(event.payload) : holds(event.payload, payload)))
}

function namesTest(what: 'type' | 'source', given: NameTest | NameTest[] | undefined): (name: string) => boolean {
  if (given === undefined) return () => true
  const tests = (isArray(given) ? given : [given]).map((test: unknown) => {
    if (typeof test === 'function') return test as (name: string) => boolean
    if (isRegExp(test)) return (name: string) => name.search(test) >= 0
    if (typeof test === 'string') return compileGlobs([test])
    warnWrong(`${what} of a query`, test)
    return () => false
  })
  return name => tests.some(test => test(name))
}

/** Also one of another frame. */
function isRegExp(given: unknown): given is RegExp {
  return Object.prototype.toString.call(given) === '[object RegExp]'
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
