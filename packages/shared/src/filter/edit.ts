import type { Clause, Term, TermKey } from './filter'
import { parseFilter } from './parse'
import { printClause } from './print'
import { tokenize } from './tokens'

/** Returns the terms of all clauses that have terms with these keys only: what a control for these keys shows. */
export function termsFor<K extends TermKey>(
  text: string,
  keys: readonly K[],
  not = false,
): Extract<Term, { key: K }>[] {
  const isWanted = (term: Term): term is Extract<Term, { key: K }> => keys.some(key => key === term.key)
  return parseFilter(text)
    .clauses.filter(clause => isOnly(clause, keys, not))
    .flatMap(({ any }) => any.filter(isWanted))
}

/**
 * Returns the text with other clauses in place of those that have terms with these keys only. They stand where the first of those stood.
 * Everything else stays as it was typed, mistakes too. `not` chooses clauses with or without a minus, or both.
 */
export function withClauses(
  text: string,
  keys: readonly TermKey[],
  clauses: readonly Clause[],
  not: boolean | 'both' = 'both',
): string {
  return withOwnClauses(text, clause => isOnly(clause, keys, not), clauses)
}

/** Does the same for the clauses that `isOwn` chooses. */
export function withOwnClauses(text: string, isOwn: (clause: Clause) => boolean, clauses: readonly Clause[]): string {
  const kept = parseFilter(text).clauses.filter(clause => !isOwn(clause))
  const added = clauses.filter(({ any }) => any.length > 0)
  const edited = spliced(text, isOwn, added.map(printClause))
  return says(edited, [...kept, ...added]) ? edited : rewritten(text, [...kept, ...added])
}

/** Returns the text with one more clause, or the same text where it has that clause. */
export function addClause(text: string, clause: Clause): string {
  const added = printClause(clause)
  const there = parseFilter(text).clauses.some(one => printClause(one) === added)
  return there ? text : withOwnClauses(text, () => false, [clause])
}

/** The text with the chosen clauses replaced, without regard to whether what follows is now read differently. */
function spliced(text: string, isOwn: (clause: Clause) => boolean, added: string[]): string {
  let result = ''
  let at = 0
  for (const [i, { from, to }] of parseFilter(text).clauses.filter(isOwn).entries()) {
    result += text.slice(at, from)
    if (i === 0 && added.length > 0) {
      result += added.splice(0).join(' ')
      at = to
    } else at = to + (/^\s*/.exec(text.slice(to))?.[0].length ?? 0)
  }
  result += text.slice(at)
  return [closed(result), ...added].filter(part => part !== '').join(' ')
}

/** Returns a text without a bar at its end, which would make an alternative of whatever follows. */
function closed(text: string): string {
  const bars = /[\s|]*$/.exec(text)?.[0] ?? ''
  return text.slice(0, text.length - bars.length).trim()
}

/** Tells whether a text is read as exactly these clauses. */
function says(text: string, clauses: readonly Clause[]): boolean {
  const sorted = (all: readonly Clause[]) => all.map(printClause).sort().join('\n')
  return sorted(parseFilter(text).clauses) === sorted(clauses)
}

/**
 * Writes the clauses anew. For a text of which a part would take in what now follows it: a quote that is not closed, an operator without a
 * value, a slash that finds another one. Mistakes are kept at the end, where they take in nothing.
 */
function rewritten(text: string, clauses: readonly Clause[]): string {
  const understood = clauses.map(printClause)
  const whole = [...understood, ...mistakesOf(text)].join(' ')
  return says(whole, clauses) ? whole : understood.join(' ')
}

/** Returns the parts of a text that are not understood, as they were typed. */
function mistakesOf(text: string): string[] {
  const { clauses, problems } = parseFilter(text)
  return tokenize(text).flatMap(({ from, to }) => {
    const problem = problems.find(one => one.from >= from && one.from < to)
    if (!problem || clauses.some(clause => clause.from === from)) return []
    return text.slice(from, Math.max(to, problem.to)).replace(/^[|\s]+/, '')
  })
}

function isOnly({ not, any }: Clause, keys: readonly TermKey[], wanted: boolean | 'both'): boolean {
  return (wanted === 'both' || (not === true) === wanted) && any.every(term => keys.includes(term.key))
}
