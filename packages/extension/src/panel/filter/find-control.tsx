import { usePanel } from '../state/context'
import { count } from '../widgets/format'

/** The button that says whether the box filters or finds among all events; while it finds, how many, and the way from one to the next. */
export function FindControl() {
  const { store, actions } = usePanel()
  const finding = store.finding.value
  const found = store.found.value
  return (
    <span class="find" role="group" aria-label="Find">
      <button
        type="button"
        data-testid="find"
        aria-pressed={finding}
        title="Find among all events instead of leaving the others away (f)"
        onClick={() => actions.filter.setFinding(!finding)}
      >
        Find
      </button>
      {finding && found && (
        <>
          <span class="quiet" role="status" data-testid="found" data-value={found.matched}>
            {count(found.matched)}
            {found.done ? '' : ' …'}
          </span>
          <button
            type="button"
            class="icon"
            aria-label="Match before (N)"
            title="Match before (N)"
            disabled={found.matched === 0}
            onClick={() => actions.moves.nextMatch(-1)}
          >
            ↑
          </button>
          <button
            type="button"
            class="icon"
            aria-label="Next match (n)"
            title="Next match (n)"
            data-testid="find-next"
            disabled={found.matched === 0}
            onClick={() => actions.moves.nextMatch(1)}
          >
            ↓
          </button>
        </>
      )}
    </span>
  )
}
