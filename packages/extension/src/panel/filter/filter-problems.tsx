import { typeNamedLike } from '@playhead/shared/filter/named-like-syntax'
import { printTerm } from '@playhead/shared/filter/print'
import { useComputed } from '@preact/signals'
import { usePanel } from '../state/context'
import { visible } from '../widgets/format'

const MOST = 3
const LONGEST = 60

interface FilterProblemsProps {
  /** Place in the text where somebody types, −1 for nowhere: what is not whole there yet is no mistake. */
  typingAt: number
  fix: (from: number, to: number, instead: string) => void
}

/** Says which words of the filter are not understood, with what would be; and why what was found is not all. */
export function FilterProblems({ typingAt, fix }: FilterProblemsProps) {
  const { store } = usePanel()
  const stopped = useComputed(() => store.view.value?.problem || store.found.value?.problem || '')
  const text = store.filterText.value
  const seen = store.filter.seen.value
  const problems = store.parsed.value.problems
    .filter(({ from, to }) => typingAt < from || typingAt > to)
    .map(problem => {
      const glob = typeNamedLike(text.slice(problem.from, problem.to), seen)
      return glob === undefined ? problem : { ...problem, instead: printTerm({ key: 'type', glob }) }
    })
  return (
    <div id="filter-problems" role="status">
      {stopped.value && (
        <p class="filter-problem stopped" data-testid="filter-stopped">
          {stopped.value}
        </p>
      )}
      {problems.slice(0, MOST).map(({ from, to, message, instead }) => (
        <p key={from} class="filter-problem" data-testid="filter-problem">
          <span>
            <u>{visible(text.slice(from, Math.min(to, from + LONGEST)))}</u> {visible(message)}
          </span>
          {instead !== undefined && (
            <button
              type="button"
              data-testid="filter-fix"
              onMouseDown={event => event.preventDefault()}
              onClick={() => fix(from, to, instead)}
            >
              Write {visible(instead)}
            </button>
          )}
        </p>
      ))}
    </div>
  )
}
