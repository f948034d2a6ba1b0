import { withClauses, withOwnClauses } from '@playhead/shared/filter/edit'
import type { Clause, Term, TermKey } from '@playhead/shared/filter/filter'
import { compileGlob } from '@playhead/shared/filter/glob'
import { parseFilter } from '@playhead/shared/filter/parse'

/** One list of things to tick: what the filter says of it, and how that is written. */
export interface Choice {
  owns(term: Term): boolean
  valueOf(term: Term): string
  term(value: string): Term
  /** A word of the filter may be a glob, which stands for several values. */
  globs: boolean
  /** An event may have several of the values: two conditions can both hold. */
  several?: boolean
}

export type Ticked = 'shown' | 'hidden' | 'unsaid'

/** One glob is taken apart into at most so many values. */
const MOST_APART = 100

export const TYPE = globChoice('type')
export const SOURCE = globChoice('source')
export const PRODUCER = globChoice('producer')
export const MARK = globChoice('mark')
export const KIND = wordChoice('kind')
export const IS = wordChoice('is')
export const HAS = wordChoice('has')

/** The values of one facet; numbers are told as text. */
export function facetChoice(name: string): Choice {
  return {
    owns: term => term.key === 'facet' && term.name === name && term.op === '=',
    valueOf: term => ('value' in term ? `${typeof term.value === 'number' ? 'n' : 't'}${term.value}` : ''),
    term: value => ({
      ...{ key: 'facet', name, op: '=' },
      value: value.startsWith('n') ? Number(value.slice(1)) : value.slice(1),
    }),
    globs: false,
  }
}

/** Says of a value what the filter says of it; `unsaid` also where the filter shows others only. */
export function tickedOf(text: string, choice: Choice): (value: string) => Ticked {
  const conditions = saidEach(text, choice, false)
  const alike = choice.several ? [conditions.flat()] : conditions
  const matchers = alike.map(values => matcher(values, choice))
  const shown = (value: string) => matchers.length > 0 && matchers.every(passes => passes(value))
  const hidden = matcher(said(text, choice, true), choice)
  return value => (hidden(value) ? 'hidden' : shown(value) ? 'shown' : 'unsaid')
}

/** Says whether the filter says anything of this list. */
export function saysAnything(text: string, choice: Choice): boolean {
  return said(text, choice, false).length + said(text, choice, true).length > 0
}

/** Changes what the filter says of `value`; `values` are all there are. */
type Ticking = (text: string, choice: Choice, value: string, on: boolean, values: readonly string[]) => string

/** Shows `value` beside those that are shown already, or stops showing it. */
export const withTicked: Ticking = (text, choice, value, on, values) =>
  on ? withMore(text, choice, value, values, false) : without(text, choice, value, values, false)

/** Hides `value`, or stops hiding it. */
export const withHidden: Ticking = (text, choice, value, on, values) =>
  on ? withMore(text, choice, value, values, true) : without(text, choice, value, values, true)

/** Shows all of `listed`, or none of them by name. */
export function withAll(
  text: string,
  choice: Choice,
  listed: readonly string[],
  on: boolean,
  values: readonly string[],
): string {
  const before = said(text, choice, false)
  if (on) return withSaid(text, choice, [...before, ...listed.filter(value => !before.includes(value))], false)
  return withSaid(
    text,
    choice,
    listed.reduce((left, value) => removed(left, choice, value, values), before),
    false,
  )
}

/** The lowest and the highest value of a facet that the filter lets through. */
export function rangeOf(text: string, name: string): { min?: number; max?: number } {
  const range: { min?: number; max?: number } = {}
  for (const clause of parseFilter(text).clauses) {
    for (const side of ['min', 'max'] as const) {
      const [term] = clause.any
      if (term && boundOf(clause, name, side) && 'value' in term) range[side] = Number(term.value)
    }
  }
  return range
}

export function withBound(text: string, name: string, side: 'min' | 'max', value: number | undefined): string {
  const op = side === 'min' ? '>=' : '<='
  const clauses: Clause[] = value === undefined ? [] : [{ any: [{ key: 'facet', name, op, value }] }]
  return withOwnClauses(text, clause => boundOf(clause, name, side), clauses)
}

/** Sets the one clause of this key (level, times, take), or takes it away. */
export function withOne(text: string, key: TermKey, term: Term | undefined): string {
  return withClauses(text, [key], term ? [{ any: [term] }] : [], false)
}

function boundOf({ not, any }: Clause, name: string, side: 'min' | 'max'): boolean {
  const [term] = any
  const ops = side === 'min' ? ['>=', '>'] : ['<=', '<']
  return !not && any.length === 1 && term?.key === 'facet' && term.name === name && ops.includes(term.op)
}

function said(text: string, choice: Choice, not: boolean): string[] {
  return saidEach(text, choice, not).flat()
}

/** What each condition says: all of them must hold. */
function saidEach(text: string, choice: Choice, not: boolean): string[][] {
  return parseFilter(text)
    .clauses.filter(clause => isOwn(clause, choice, not))
    .map(({ any }) => any.map(choice.valueOf))
}

function withSaid(text: string, choice: Choice, values: readonly string[], not: boolean): string {
  const any = [...new Set(values)].map(choice.term)
  return withOwnClauses(text, clause => isOwn(clause, choice, not), [not ? { not, any } : { any }])
}

/** Says it of `value` as well, and no longer says the opposite of it. */
function withMore(text: string, choice: Choice, value: string, values: readonly string[], not: boolean): string {
  const next = without(text, choice, value, values, !not)
  return withSaid(next, choice, [...said(next, choice, not), value], not)
}

function without(text: string, choice: Choice, value: string, values: readonly string[], not: boolean): string {
  const before = said(text, choice, not)
  const left = removed(before, choice, value, values)
  return left.length === before.length && left.every((one, i) => one === before[i])
    ? text
    : withSaid(text, choice, left, not)
}

/** Removes a value; a glob that matches it is taken apart into the other values that it matches. */
function removed(said: readonly string[], choice: Choice, value: string, values: readonly string[]): string[] {
  return said.flatMap(one => {
    if (one === value) return []
    if (!choice.globs || !one.includes('*')) return [one]
    const passes = compileGlob(one)
    return passes(value) ? values.filter(other => other !== value && passes(other)).slice(0, MOST_APART) : [one]
  })
}

function isOwn({ not, any }: Clause, choice: Choice, wanted: boolean): boolean {
  return (not === true) === wanted && any.every(choice.owns)
}

function matcher(said: readonly string[], { globs }: Choice): (value: string) => boolean {
  const exact = new Set(said)
  const patterns = globs ? said.filter(one => one.includes('*')).map(compileGlob) : []
  return value => exact.has(value) || patterns.some(passes => passes(value))
}

function globChoice(key: 'type' | 'source' | 'producer' | 'mark'): Choice {
  return {
    owns: term => term.key === key,
    valueOf: term => ('glob' in term ? term.glob : ''),
    term: glob => ({ key, glob }),
    globs: true,
  }
}

function wordChoice(key: 'kind' | 'is' | 'has'): Choice {
  return {
    owns: term => term.key === key,
    valueOf: term => String((term as unknown as Record<string, unknown>)[key] ?? ''),
    term: value => ({ key, [key]: value }) as unknown as Term,
    globs: false,
    several: key !== 'kind',
  }
}
