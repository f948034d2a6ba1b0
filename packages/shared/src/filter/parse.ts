import { KINDS, type Kind, LEVELS, type Level } from '../model/event'
import type { Clause, Comparison, Filter, Has, Is, Term } from './filter'
import { spacedComparison } from './spaced'
import { parseTime } from './time-text'
import { type Alternative, type ClauseToken, type Range, tokenize } from './tokens'
import { HAS, IS, KEYS, keyHelp } from './vocabulary'

/** A stretch of the text that is not understood, why, and what would be. */
export interface FilterProblem extends Range {
  message: string
  /** What to write in its place. */
  instead?: string
}

export interface ParsedClause extends Clause, Range {}

export interface ParsedFilter {
  filter: Filter
  clauses: ParsedClause[]
  problems: FilterProblem[]
}

/** What somebody typed, as a filter. What is not understood is named and left out: it never empties the list. */
export function parseFilter(text: string): ParsedFilter {
  const clauses: ParsedClause[] = []
  const problems: FilterProblem[] = []
  let known = 0
  for (const token of tokenize(text)) {
    if (token.from < known) continue
    const spaced = spacedComparison(text, token)
    if (spaced) {
      problems.push(spaced)
      known = spaced.to
      continue
    }
    const terms = termsOf(token, problems)
    if (terms.length === 0) continue
    const { from, to } = token
    clauses.push({ ...(token.not && { not: true as const }), any: terms, from, to })
  }
  const all = clauses.map(({ not, any }): Clause => (not ? { not, any } : { any }))
  return { filter: all.length > 0 ? { all } : {}, clauses, problems }
}

function termsOf({ alternatives }: ClauseToken, problems: FilterProblem[]): Term[] {
  const terms: Term[] = []
  let head: Alternative | undefined
  for (const given of alternatives) {
    if (given.from === given.to) continue
    const alternative = head ? inherited(given, head) : given
    if (alternative.form === 'comparison' || (alternative.form === 'key' && keyHelp(alternative.key)))
      head = alternative
    const term = termOf(alternative)
    if (!term) continue
    if ('message' in term) problems.push({ from: given.from, to: given.to, ...term })
    else terms.push(term)
  }
  return terms
}

/** type:a|b:c is type:a|type:b:c */
function inherited(given: Alternative, head: Alternative): Alternative {
  if (given.form === 'regex' || given.form === 'comparison' || (given.form === 'key' && keyHelp(given.key)))
    return given
  const value = given.form === 'key' ? `${given.key}:${given.value}` : given.value
  const { from, to, quoted, valueFrom } = given
  return { ...head, from, to, quoted, valueFrom, value } as Alternative
}

type Wrong = Pick<FilterProblem, 'message' | 'instead'>

/** Undefined: there is nothing. */
function termOf(alternative: Alternative): Term | Wrong | undefined {
  switch (alternative.form) {
    case 'regex':
      return regexTerm(alternative.source, alternative.flags)
    case 'key':
      return keyTerm(alternative.key, alternative.value, alternative.quoted)
    case 'comparison':
      return comparisonTerm(alternative)
    case 'word':
      return alternative.value === '' ? undefined : wordTerm(alternative)
  }
}

function wordTerm({ value, quoted }: Alternative & { form: 'word' }): Term | Wrong {
  if (!quoted && value === '-') return { message: '- stands right before what it leaves out, as in -type:tick' }
  if (!quoted && /^payload\.[\w$.]*$/.test(value)) {
    const path = value === 'payload.' ? 'payload.rowId' : value
    return { message: `${value} needs something to compare with, as in ${path}=17` }
  }
  return { key: 'text', text: value }
}

function regexTerm(source: string, flags: string): Term | Wrong {
  try {
    new RegExp(source, flags)
    return { key: 'regex', source, flags }
  } catch (error) {
    const reason =
      error instanceof Error ? error.message.replace(/^Invalid regular expression: (\/.*\/\w*: )?/, '') : ''
    return { message: `not a regular expression: ${reason}`, instead: `"/${source}/"` }
  }
}

function keyTerm(key: string, value: string, quoted: boolean): Term | Wrong {
  const known = keyHelp(key)
  if (!known) return unknownKey(key, value)
  if (value === '') return { message: `${key}: needs a value, as in ${known.example}` }
  switch (known.key) {
    case 'type':
    case 'source':
    case 'producer':
    case 'mark':
      return { key: known.key, glob: value }
    case 'level':
      return oneOf<Level>(key, value, LEVELS, level => ({ key: 'level', level }))
    case 'kind':
      return oneOf<Kind>(key, value, KINDS, kind => ({ key: 'kind', kind }))
    case 'is':
      return oneOf<Is>(key, value, IS, is => ({ key: 'is', is }))
    case 'has':
      return oneOf<Has>(key, value, HAS, has => ({ key: 'has', has }))
    case 'after':
    case 'before': {
      const time = parseTime(value)
      if (time !== undefined) return { key: known.key, time }
      return { message: `${key}: takes a time after the start, as in ${key}:12.5s, ${key}:800ms or ${key}:1m30s` }
    }
    case 'take': {
      if (value === '*') return { key: 'take', take: '*' }
      if (/^\d{1,5}$/.test(value) && !quoted) return { key: 'take', take: Number(value) }
      return { message: 'take: takes a number (0 is the recording) or *' }
    }
    case 'cause':
    case 'chain': {
      const seq = /^#?(\d{1,15})$/.exec(value)
      if (seq) return { key: known.key, seq: Number(seq[1]) }
      return { message: `${key}: takes the number of an event, as in ${known.example}` }
    }
  }
}

function unknownKey(key: string, value: string): Term | Wrong {
  const near = KEYS.find(help => isNear(help.key, key.toLowerCase(), false))
  // Many apps have colons in their types: row:update is a word to search for.
  if (!near) return { key: 'text', text: `${key}:${value}` }
  return {
    message: `${key}: is not known; did you mean ${near.key}:?`,
    instead: `${near.key}:${value}`,
  }
}

function oneOf<T extends string>(
  key: string,
  value: string,
  all: readonly T[],
  term: (value: T) => Term,
): Term | Wrong {
  if (all.includes(value as T)) return term(value as T)
  const near = all.find(one => isNear(one, value, true)) ?? all.find(one => value !== '' && one.startsWith(value))
  const message = `${key}: takes ${all.slice(0, -1).join(', ')} or ${all.at(-1)}`
  return near ? { message, instead: `${key}:${near}` } : { message }
}

function comparisonTerm({ path, op, value, quoted }: Alternative & { form: 'comparison' }): Term | Wrong {
  const name = path.join('.')
  if (value === '' && !quoted) return { message: `${name}${op} needs a value, as in ${name}${op}17` }
  const compared: Comparison = { op, value: quoted ? value : bareValue(value) }
  if (op !== '=' && op !== '!=' && typeof compared.value !== 'number') {
    return { message: `${op} compares numbers`, instead: `${name}=${value}` }
  }
  const [first, ...rest] = path
  if (first === 'payload' && rest.length > 0) return { key: 'payload', path: rest, ...compared }
  return { key: 'facet', name, ...compared }
}

function bareValue(text: string): Comparison['value'] {
  if (text === 'true' || text === 'false') return text === 'true'
  if (text === 'null') return null
  return /^-?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : text
}

/** One letter too many, too few, two swapped, or (`wrong`) another. */
function isNear(a: string, b: string, wrong: boolean): boolean {
  if (a === b) return true
  if (Math.abs(a.length - b.length) > 1 || Math.min(a.length, b.length) < 2) return false
  let start = 0
  while (start < a.length && a[start] === b[start]) start++
  let end = 0
  while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++
  const [inA, inB] = [a.slice(start, a.length - end), b.slice(start, b.length - end)]
  if (inA.length <= 1 && inB.length <= 1) return wrong || inA.length !== inB.length
  return inA.length === 2 && inA[0] === inB[1] && inA[1] === inB[0]
}
