import type { Clause, Filter, Term } from '@playhead/shared/filter/filter'
import { termsOf } from '@playhead/shared/filter/filter'
import { RECORDING } from '@playhead/shared/model/event'
import type { LogReader } from '../../log/reader'
import { causeTest, chainTest } from '../terms/cause-tests'
import { clauseTest } from '../terms/clause-test'
import { type ColumnTerm, columnTerms, columnTest } from '../terms/column-test'
import { facetTest } from '../terms/facet-test'
import { PayloadTermTest } from '../terms/payload-test'
import type { RegexRunner } from '../terms/regex-runner'
import { RegexTest } from '../terms/regex-test'
import { bookmarkTest, gapTest, patchTest } from '../terms/row-tests'
import type { Reads, TermTest } from '../terms/term-test'
import { TextTest } from '../terms/text-test'
import { markTest, timeTest } from '../terms/time-tests'

/** A filter as tests to be passed one after the other: first those that need no text. */
export interface CompiledFilter {
  columns: readonly TermTest[]
  texts: readonly TermTest[]
  /** What may change later about events that were tested. */
  reads: ReadonlySet<Reads>
}

/** Compiles the filter for a session's log. String ids that appear later are looked up when their rows come. */
export function compileFilter(filter: Filter, reader: LogReader, regex?: RegexRunner): CompiledFilter {
  const reads = new Set<Reads>()
  const clauses = [...(filter.all ?? [])]
  const terms = termsOf(filter)
  if (!terms.some(term => term.key === 'take')) clauses.unshift({ any: [{ key: 'take', take: RECORDING }] })
  const tests = clauses.map(clause => compileClause(clause, reader, reads, regex))
  return { columns: tests.filter(test => !test.needsText), texts: tests.filter(test => test.needsText), reads }
}

function compileClause(clause: Clause, reader: LogReader, reads: Set<Reads>, regex: RegexRunner | undefined): TermTest {
  const { any } = clause
  const not = clause.not === true
  const byColumn = new Map<ColumnTerm['column'], ColumnTerm[]>()
  const others: TermTest[] = []
  for (const term of any) {
    const columns = columnTerms(term)
    if (!columns) others.push(termTest(term, reader, regex))
    for (const column of columns ?? []) {
      const same = byColumn.get(column.column)
      if (same) same.push(column)
      else byColumn.set(column.column, [column])
    }
  }
  const groups = [...byColumn.values()]
  const [group] = groups
  const alone = group && groups.length === 1 && others.length === 0
  const tests = alone
    ? [columnTest(group, not, reader)]
    : [...groups.map(terms => columnTest(terms, false, reader)), ...others]
  for (const { reads: what } of tests) if (what) reads.add(what)
  return clauseTest(tests, not && !alone)
}

/** The terms that are not decided by a column of small numbers. */
function termTest(term: Term, reader: LogReader, regex: RegexRunner | undefined): TermTest {
  switch (term.key) {
    case 'text':
      return new TextTest(term.text, reader)
    case 'regex':
      if (!regex) throw new Error('nothing runs regular expressions here')
      return new RegexTest(term, reader, regex)
    case 'after':
      return timeTest(term.time, Number.POSITIVE_INFINITY)
    case 'before':
      return timeTest(Number.NEGATIVE_INFINITY, term.time)
    case 'mark':
      return markTest(term.glob, reader)
    case 'payload':
      return new PayloadTermTest(term)
    case 'facet':
      return facetTest(term.name, term)
    case 'cause':
      return causeTest(term.seq, reader)
    case 'chain':
      return chainTest(term.seq, reader)
    case 'is':
      return bookmarkTest(reader)
    case 'has':
      return term.has === 'gap' ? gapTest(reader) : patchTest()
    default:
      throw new Error(`${term.key} is decided by a column`)
  }
}
