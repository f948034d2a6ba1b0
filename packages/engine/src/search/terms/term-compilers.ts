import type { Term, TermKey } from '@playhead/shared/filter/filter'
import { compileGlob } from '@playhead/shared/filter/glob'
import { KINDS, LEVELS } from '@playhead/shared/model/event'
import { causeTest, chainTest } from './cause-tests'
import { type ColumnTerm, isColumns } from './column-test'
import { facetTest } from './facet-test'
import { PayloadTermTest } from './payload-test'
import { RegexTest } from './regex-test'
import { bookmarkTest, gapTest, patchTest } from './row-tests'
import { slowTest } from './slow-test'
import type { TermContext } from './term-context'
import type { TermTest } from './term-test'
import { TextTest } from './text-test'
import { markTest, timeTest } from './time-tests'

/** A test; or, when columns of small numbers decide the term, the column terms of which any must hold. */
export type CompiledTerm = TermTest | readonly ColumnTerm[]

/**
 * Says for each kind of term how it is tested on the log's columns. What else there is to know of a term is in `TERMS`
 * (`packages/shared/src/filter/terms/terms.ts`), which knows no log. A kind that is missing in either does not compile.
 */
export const TERM_COMPILERS: { readonly [K in TermKey]: (term: Term<K>, context: TermContext) => CompiledTerm } = {
  text: ({ text }, { log }) => new TextTest(text, log),
  regex: (term, { log, regexRunner }) => new RegexTest(term, log, regexRunner),
  type: ({ glob }) => [{ column: 'type', passes: compileGlob(glob) }],
  source: ({ glob }) => [{ column: 'source', passes: compileGlob(glob) }],
  producer: ({ glob }) => [{ column: 'producer', passes: compileGlob(glob) }],
  level: ({ level }) => {
    const last = LEVELS.indexOf(level)
    return [{ column: 'level', passes: value => value <= last }]
  },
  kind: ({ kind }) => {
    const wanted = KINDS.indexOf(kind)
    return [{ column: 'kind', passes: value => value === wanted }]
  },
  after: ({ time }) => timeTest(time, Number.POSITIVE_INFINITY),
  before: ({ time }) => timeTest(Number.NEGATIVE_INFINITY, time),
  slow: slowTest,
  mark: ({ glob }, { log }) => markTest(glob, log),
  is: ({ is }, { log }) => (is === 'bookmarked' ? bookmarkTest(log) : isColumns(is)),
  has: ({ has }, context) => {
    if (has === 'cause') return [{ column: 'causeKind', passes: kind => kind !== 0 }]
    return has === 'gap' ? gapTest(context) : patchTest()
  },
  take: ({ take }) => [{ column: 'take', passes: value => take === '*' || value === take }],
  cause: ({ seq }, { log }) => causeTest(seq, log),
  chain: ({ seq }, { log }) => chainTest(seq, log),
  payload: term => new PayloadTermTest(term),
  facet: term => facetTest(term.name, term),
}

/** Makes the test of one term, for the log that `context` has. */
export function compileTerm<K extends TermKey>(term: Term<K>, context: TermContext): CompiledTerm {
  return TERM_COMPILERS[term.key as K](term, context)
}
