import { type Flag, type FlagName, type Kind, LEVELS, type Level, RECORDING } from '../model/event'
import { comparesToFacet } from './compare'
import { type Filter, isErrorName, type Term, termsOf } from './filter'
import { compileGlob } from './glob'
import { passes } from './payload-test'

/** What of an event a filter looks at. */
export interface FilterableEvent {
  type: string
  source: string
  /** Name of its producer. */
  producer: string
  kind: Kind
  level: Level
  flags: readonly FlagName[]
  /** ms on the clock the filter's times are on. */
  time: number
  take: number
  /** Payload text: tagged JSON; empty where there is none. */
  text: string
  /** By name; a facet may have a text and a number. */
  facets: Readonly<Record<string, string | number | readonly (string | number)[]>>
  /** Its cause is unknown. */
  causeless: boolean
  /** seqs of its causes in the log, and of every event of the tree it belongs to. */
  causes: readonly number[]
  tree: ReadonlySet<number>
  /** Names of the phases it lies in. */
  phases: readonly string[]
  besideGap: boolean
  changesState: boolean
  bookmarked: boolean
}

/** Whether `event` passes `filter`: slow and plain, the judge of every faster way. */
export function matches(filter: Filter, event: FilterableEvent): boolean {
  const takes = termsOf(filter).some(term => term.key === 'take')
  if (!takes && event.take !== RECORDING) return false
  return (filter.all ?? []).every(({ not, any }) => any.some(term => holds(term, event)) !== (not ?? false))
}

function holds(term: Term, event: FilterableEvent): boolean {
  switch (term.key) {
    case 'text':
      return contains(event.text, term.text) || contains(event.type, term.text)
    case 'regex': {
      const { source, flags } = term
      return new RegExp(source, flags).test(event.text) || new RegExp(source, flags).test(event.type)
    }
    case 'type':
    case 'source':
    case 'producer':
      return compileGlob(term.glob)(event[term.key])
    case 'level':
      return LEVELS.indexOf(event.level) <= LEVELS.indexOf(term.level)
    case 'kind':
      return event.kind === term.kind
    case 'after':
      return event.time >= term.time
    case 'before':
      return event.time <= term.time
    case 'mark':
      return event.phases.some(compileGlob(term.glob))
    case 'is':
      if (term.is === 'error') return event.flags.includes('threw') || isErrorName(event.type)
      if (term.is === 'root') return event.flags.includes('input') || event.causeless
      if (term.is === 'bookmarked') return event.bookmarked
      return event.flags.includes(term.is satisfies keyof typeof Flag)
    case 'has':
      if (term.has === 'gap') return event.besideGap
      return term.has === 'cause' ? !event.causeless : event.changesState
    case 'take':
      return term.take === '*' || event.take === term.take
    case 'cause':
      return event.causes.includes(term.seq)
    case 'chain':
      return event.tree.has(term.seq)
    case 'payload':
      return passes(term, parse(event.text))
    case 'facet': {
      const value = Object.hasOwn(event.facets, term.name) ? event.facets[term.name] : undefined
      return [value].flat().some(one => one !== undefined && comparesToFacet(term, one))
    }
  }
}

function contains(text: string, needle: string): boolean {
  return text.toLowerCase().includes(needle.toLowerCase())
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
