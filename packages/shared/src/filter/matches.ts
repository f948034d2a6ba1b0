import { type FlagName, type Kind, LEVELS, type Level, RECORDING } from '../model/event'
import type { Filter } from './filter'
import { compileGlobs } from './glob'
import { passes } from './payload-test'

/** What of an event a filter looks at. */
export interface FilterableEvent {
  type: string
  source: string
  kind: Kind
  level: Level
  flags: readonly FlagName[]
  /** ms on the clock the filter's `from` and `to` are on. */
  time: number
  take: number
  /** Payload text: tagged JSON; empty where there is none. */
  text: string
  /** By name; a facet may have a text and a number. */
  facets: Readonly<Record<string, string | number | readonly (string | number)[]>>
  /** Marked as input, or of unknown cause. */
  root: boolean
}

/**
 * Whether `event` passes `filter`: slow and plain, the judge of every faster way. An empty list counts as not given; without `takes` only
 * the recording passes. Text is compared in lower case.
 */
export function matches(filter: Filter, event: FilterableEvent): boolean {
  const { types, notTypes, sources, notSources, level, kinds, from, to, flags, takes, text, payload, facets, roots } =
    filter
  if (types?.length && !compileGlobs(types)(event.type)) return false
  if (notTypes?.length && compileGlobs(notTypes)(event.type)) return false
  if (sources?.length && !compileGlobs(sources)(event.source)) return false
  if (notSources?.length && compileGlobs(notSources)(event.source)) return false
  if (level !== undefined && LEVELS.indexOf(event.level) > LEVELS.indexOf(level)) return false
  if (kinds?.length && !kinds.includes(event.kind)) return false
  if (from !== undefined && !(event.time >= from)) return false
  if (to !== undefined && !(event.time <= to)) return false
  if (flags?.some(flag => !event.flags.includes(flag))) return false
  if (takes?.length ? !takes.includes(event.take) : event.take !== RECORDING) return false
  if (text?.some(needle => !contains(event.text, needle) && !contains(event.type, needle))) return false
  if (payload?.length) {
    const tree = parse(event.text)
    if (payload.some(test => !passes(test, tree))) return false
  }
  if (facets?.some(({ name, value }) => !hasFacet(event, name, value))) return false
  return !roots || event.root
}

function contains(text: string, needle: string): boolean {
  return text.toLowerCase().includes(needle.toLowerCase())
}

function hasFacet(event: FilterableEvent, name: string, value: string | number): boolean {
  if (!Object.hasOwn(event.facets, name)) return false
  const found = event.facets[name]!
  return Array.isArray(found) ? found.includes(value) : found === value
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
