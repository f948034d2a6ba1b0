import type { Clause, Filter, Term } from './filter'
import { parseFilter } from './parse'
import { definitionOf } from './terms/terms'
import { valueText } from './value-text'

/** Returns a text that `parseFilter` reads back as the same filter. */
export function printFilter(filter: Filter): string {
  return (filter.all ?? []).map(printClause).join(' ')
}

/** Returns the text of a clause. Words come first, because after a `key:` they would be taken for its values. */
export function printClause({ not, any }: Clause): string {
  const words = any.filter(term => term.key === 'text')
  const others = any.filter(term => term.key !== 'text')
  let text = ''
  let before: Term | undefined
  for (const term of [...words, ...others]) {
    text += text === '' ? printTerm(term) : `|${before && printNext(before, term)}`
    before = term
  }
  return `${not ? '-' : ''}${text}`
}

/** Returns the text of a term after another one. Where both have the same key, the value alone is enough if it is read back as one. */
function printNext(before: Term, term: Term): string {
  if ('glob' in before && 'glob' in term && before.key === term.key) {
    const short = valueText(term.glob)
    // With another slash further on, this one would begin a regular expression.
    if (short.startsWith('/')) return printTerm(term)
    const read = parseFilter(`${term.key}:x|${short}`).filter.all?.[0]?.any[1]
    if (read && 'glob' in read && read.key === term.key && read.glob === term.glob) return short
  }
  return printTerm(term)
}

/** Returns the text of one term. */
export function printTerm(term: Term): string {
  return definitionOf(term).print(term, readTerm)
}

/** Returns the first term of a text that is one clause without a mistake; undefined for any other text. */
function readTerm(text: string): Term | undefined {
  const { filter, problems } = parseFilter(text)
  return problems.length === 0 && filter.all?.length === 1 ? filter.all[0]?.any[0] : undefined
}
