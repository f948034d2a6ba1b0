import { usePanel } from './context'

export function FilterBox() {
  const { store, actions } = usePanel()
  const { problems } = store.parsed.value
  return (
    <div class="filter">
      <input
        type="search"
        data-testid="filter-input"
        aria-label="Filter"
        aria-invalid={problems.length > 0}
        aria-describedby="filter-problem"
        placeholder="Filter: words, type:row:*, source:core, payload.id=17, is:root"
        spellcheck={false}
        value={store.filterText.value}
        onInput={event => actions.setFilterText(event.currentTarget.value)}
      />
      {problems.length > 0 && (
        <p id="filter-problem" class="hint" role="status" data-testid="filter-problem">
          <u>{store.filterText.value.slice(problems[0]?.from, problems[0]?.to)}</u>: {problems[0]?.message}
        </p>
      )}
    </div>
  )
}
