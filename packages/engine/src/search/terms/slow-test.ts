import type { Term } from '@playhead/shared/filter/filter'
import { rowTest } from './row-tests'
import type { TermContext } from './term-context'
import type { TermTest } from './term-test'

/** Tests how long the event's dispatch took, in ms. The limit is rounded to 32 bits as the column is, so that equal numbers are equal. */
export function slowTest({ op, ms }: Term<'slow'>, context: TermContext): TermTest {
  const durationOf = context.lateColumn('duration')
  const limit = Math.fround(ms)
  return rowTest(chunk => {
    const duration = durationOf(chunk)
    switch (op) {
      case '>':
        return row => (duration[row] as number) > limit
      case '>=':
        return row => (duration[row] as number) >= limit
      case '<':
        return row => (duration[row] as number) < limit
      case '<=':
        return row => (duration[row] as number) <= limit
    }
  })
}
