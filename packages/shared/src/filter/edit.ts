import type { Clause, Term, TermKey } from './filter'
import { parseFilter } from './parse'
import { printClause } from './print'

/** The terms that may have this key. */
type TermOf<K extends TermKey, T = Term> = T extends { key: TermKey } ? (K extends T['key'] ? T : never) : never

/** Terms of the clauses that speak of nothing but `keys`: what a control for these shows. */
export function termsFor<K extends TermKey>(text: string, keys: readonly K[], not = false): TermOf<K>[] {
  return parseFilter(text)
    .clauses.filter(clause => isOnly(clause, keys, not))
    .flatMap(({ any }) => any as readonly TermOf<K>[])
}

/**
 * The text with the clauses that speak of nothing but `keys` replaced by these, in the place of the first one; all else stays as it was
 * typed, mistakes too.
 */
export function withClauses(
  text: string,
  keys: readonly TermKey[],
  clauses: readonly Clause[],
  not: boolean | 'both' = 'both',
): string {
  return withOwnClauses(text, clause => isOnly(clause, keys, not), clauses)
}

/** The same for clauses of another choice. */
export function withOwnClauses(text: string, isOwn: (clause: Clause) => boolean, clauses: readonly Clause[]): string {
  const old = parseFilter(text).clauses.filter(isOwn)
  const added = clauses.filter(({ any }) => any.length > 0).map(printClause)
  let result = ''
  let at = 0
  for (const [i, { from, to }] of old.entries()) {
    result += text.slice(at, from)
    if (i === 0 && added.length > 0) {
      result += added.splice(0).join(' ')
      at = to
    } else at = to + (/^\s*/.exec(text.slice(to))?.[0].length ?? 0)
  }
  result += text.slice(at)
  return [closed(result), ...added].filter(part => part !== '').join(' ')
}

/** One more clause; once only. */
export function addClause(text: string, clause: Clause): string {
  const added = printClause(clause)
  const there = parseFilter(text).clauses.some(one => printClause(one) === added)
  return there ? text : [closed(text), added].filter(part => part !== '').join(' ')
}

/** Without a bar at its end, which would make an alternative of whatever follows. */
function closed(text: string): string {
  const bars = /[\s|]*$/.exec(text)?.[0] ?? ''
  return text.slice(0, text.length - bars.length).trim()
}

function isOnly({ not, any }: Clause, keys: readonly TermKey[], wanted: boolean | 'both'): boolean {
  return (wanted === 'both' || (not === true) === wanted) && any.every(term => keys.includes(term.key))
}
