import type { Clause, Comparison, Filter, Term } from './filter'
import { parseFilter } from './parse'
import { printTime } from './time-text'

/** The text that `parseFilter` reads back to the same filter. */
export function printFilter(filter: Filter): string {
  return (filter.all ?? []).map(printClause).join(' ')
}

/** Words come first: behind a `key:` they would be taken for its values. */
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

/** Behind a term of the same key the value is enough, where it is read back as one. */
function printNext(before: Term, term: Term): string {
  if ('glob' in before && 'glob' in term && before.key === term.key) {
    const short = printValue(term.glob)
    // With another slash further on it would be an expression.
    if (short.startsWith('/')) return printTerm(term)
    const read = parseFilter(`${term.key}:x|${short}`).filter.all?.[0]?.any[1]
    if (read && 'glob' in read && read.key === term.key && read.glob === term.glob) return short
  }
  return printTerm(term)
}

export function printTerm(term: Term): string {
  switch (term.key) {
    case 'text':
      return printText(term.text)
    case 'regex':
      return `/${term.source}/${term.flags}`
    case 'type':
    case 'source':
    case 'producer':
    case 'mark':
      return `${term.key}:${printValue(term.glob)}`
    case 'level':
      return `level:${term.level}`
    case 'kind':
      return `kind:${term.kind}`
    case 'after':
    case 'before':
      return `${term.key}:${printTime(term.time)}`
    case 'is':
      return `is:${term.is}`
    case 'has':
      return `has:${term.has}`
    case 'take':
      return `take:${term.take}`
    case 'cause':
    case 'chain':
      return `${term.key}:#${term.seq}`
    case 'payload':
      return `${['payload', ...term.path].map(printStep).join('.')}${printComparison(term)}`
    case 'facet':
      return `${/^\d/.test(term.name) ? quoted(term.name) : printStep(term.name)}${printComparison(term)}`
  }
}

/** As short as it can be without meaning something else, also behind another alternative. */
function printText(text: string): string {
  if (/^(?!payload\.)[^\s"|:=<>!/-][^\s"|:=<>!]*$/.test(text)) return text
  const { filter, problems } = parseFilter(text)
  const [only] = filter.all?.[0]?.any ?? []
  // Behind another word an operator would compare.
  const bare = !/^[/\-=<>!]/.test(text) && problems.length === 0 && filter.all?.length === 1
  return bare && only?.key === 'text' && only.text === text && !text.includes('"') ? text : quoted(text)
}

function printStep(step: string): string {
  return /^([\p{L}_$]([\p{L}\p{N}_$-]*[\p{L}\p{N}_$])?|\d+)$/u.test(step) ? step : quoted(step)
}

function printComparison({ op, value }: Comparison): string {
  if (typeof value !== 'string') return `${op}${value}`
  return `${op}${isPlain(value) && !isOtherwise(value) ? value : quoted(value)}`
}

/** Text that would be read as something else. */
function isOtherwise(text: string): boolean {
  return /^(true|false|null)$/.test(text) || /^-?[\d.]/.test(text)
}

function printValue(text: string): string {
  return isPlain(text) ? text : quoted(text)
}

function isPlain(text: string): boolean {
  return text !== '' && /^[^\s"|=<>!][^\s|]*$/.test(text)
}

function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`
}
