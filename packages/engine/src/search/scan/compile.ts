import { type Clause, type Filter, termsOf } from '@playhead/shared/filter/filter'
import { RECORDING } from '@playhead/shared/model/event'
import type { LogChange, LogReader } from '../../log/reader'
import { clauseTest } from '../terms/clause-test'
import { type ColumnTerm, columnTest } from '../terms/column-test'
import type { RegexRunner } from '../terms/regex-runner'
import { type CompiledTerm, compileTerm } from '../terms/term-compilers'
import { TermContext } from '../terms/term-context'
import type { TermTest } from '../terms/term-test'

/** A filter as tests, one for each of its clauses. A row matches when it passes all of them. */
export interface CompiledFilter {
  /** Tests that need no payload text; they come first. */
  columns: readonly TermTest[]
  texts: readonly TermTest[]
  /** Changes of the log after which events that were tested may be judged otherwise. */
  changes: ReadonlySet<LogChange['t']>
}

/**
 * Compiles a filter for a session's log. A filter that names no take matches the recording only. Names that the log gets later are tested
 * when their rows come. Throws when the filter has a regular expression and `regex` is undefined.
 */
export function compileFilter(filter: Filter, reader: LogReader, regex?: RegexRunner): CompiledFilter {
  const context = new TermContext(reader, regex)
  const clauses = [...(filter.all ?? [])]
  const terms = termsOf(filter)
  if (!terms.some(term => term.key === 'take')) clauses.unshift({ any: [{ key: 'take', take: RECORDING }] })
  const tests = clauses.map(clause => compileClause(clause, context))
  return {
    columns: tests.filter(test => !test.needsText),
    texts: tests.filter(test => test.needsText),
    changes: context.changes,
  }
}

/** Makes the test of a clause. All of its terms that one column decides become one test of that column. */
function compileClause(clause: Clause, context: TermContext): TermTest {
  const not = clause.not === true
  const byColumn = new Map<ColumnTerm['column'], ColumnTerm[]>()
  const others: TermTest[] = []
  for (const term of clause.any) {
    const compiled = compileTerm(term, context)
    if (!isColumns(compiled)) {
      others.push(compiled)
      continue
    }
    for (const column of compiled) {
      const same = byColumn.get(column.column)
      if (same) same.push(column)
      else byColumn.set(column.column, [column])
    }
  }
  const groups = [...byColumn.values()]
  const [group] = groups
  const alone = group && groups.length === 1 && others.length === 0
  const tests = alone
    ? [columnTest(group, not, context)]
    : [...groups.map(terms => columnTest(terms, false, context)), ...others]
  return clauseTest(tests, not && !alone)
}

function isColumns(compiled: CompiledTerm): compiled is readonly ColumnTerm[] {
  return Array.isArray(compiled)
}
