import type { Clause, Filter, Term } from './filter'
import { isNear } from './near'
import { spacedComparison } from './spaced'
import { isPayloadPath } from './terms/comparison'
import type { KeyName, Mistake } from './terms/definition'
import { isKeyName, KEY_NAMES, TERMS } from './terms/terms'
import { type Alternative, type ClauseToken, type Range, tokenize } from './tokens'

/** A part of the text that is not understood, with the reason. */
export interface FilterProblem extends Range, Mistake {}

/** A clause and the range of the text that says it. */
export interface ParsedClause extends Clause, Range {}

/** What a text says. `filter` is what `clauses` say, without their ranges. */
export interface ParsedFilter {
  filter: Filter
  clauses: ParsedClause[]
  problems: FilterProblem[]
}

/**
 * Makes a filter of what somebody typed. What is not understood becomes a problem and is left out of the filter, so that it never empties
 * the list.
 */
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
    if (hasHead(alternative)) head = alternative
    const term = termOf(alternative)
    if (!term) continue
    if ('message' in term) problems.push({ from: given.from, to: given.to, ...term })
    else terms.push(term)
  }
  return terms
}

/** Tells whether an alternative says what its value belongs to, by a known key or by a comparison. */
function hasHead(alternative: Alternative): boolean {
  return alternative.form === 'comparison' || (alternative.form === 'key' && isKeyName(alternative.key))
}

/** Gives an alternative the head of the one before it: `type:a|b:c` is `type:a|type:b:c`. */
function inherited(given: Alternative, head: Alternative): Alternative {
  if (given.form === 'regex' || hasHead(given)) return given
  const value = given.form === 'key' ? `${given.key}:${given.value}` : given.value
  const { from, to, quoted, valueFrom } = given
  return { ...head, from, to, quoted, valueFrom, value } as Alternative
}

/** Returns the term that an alternative says, or why it is none; undefined where it is empty. */
function termOf(alternative: Alternative): Term | Mistake | undefined {
  switch (alternative.form) {
    case 'regex':
      return TERMS.regex.parse(alternative)
    case 'key':
      return keyTerm(alternative)
    case 'comparison':
      return comparisonTerm(alternative)
    case 'word':
      return alternative.value === '' ? undefined : TERMS.text.parse(alternative)
  }
}

function comparisonTerm(written: Alternative & { form: 'comparison' }): Term | Mistake {
  const { path, op, value } = written
  const term = TERMS[isPayloadPath(path) ? 'payload' : 'facet'].parse(written)
  const meant = 'message' in term && meantKey(path.join('.'), `${op}${value}`)
  return meant
    ? { message: `${op} compares numbers; did you mean ${meant}:?`, instead: `${meant}:${op}${value}` }
    : term
}

function keyTerm(written: Alternative & { form: 'key' }): Term | Mistake {
  const { key, value } = written
  if (!isKeyName(key)) return unknownKey(key, value)
  const { help, parse } = TERMS[key]
  return value === '' ? { message: `${key}: needs a value, as in ${help.example}` } : parse(written)
}

function unknownKey(key: string, value: string): Term | Mistake {
  const name = key.toLowerCase()
  const near = meantKey(name, value) ?? KEY_NAMES.find(known => isNear(known, name, false))
  // Many apps have colons in their types, so `row:update` is a word to search for.
  if (!near) return { key: 'text', text: `${key}:${value}` }
  return { message: `${key}: is not known; did you mean ${near}:?`, instead: `${near}:${value}` }
}

/**
 * Returns the key that has this name or alias and takes this value: `took:>1ms` and `took>1ms` mean `slow:>1ms`. Undefined where none
 * does.
 */
function meantKey(name: string, value: string): KeyName | undefined {
  return KEY_NAMES.find(key => {
    const { aliases = [], parse } = TERMS[key]
    return (key === name || aliases.includes(name)) && !('message' in parse({ key, value, quoted: false }))
  })
}
