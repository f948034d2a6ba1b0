import type { Command } from './commands'
import type { FilterActions } from './filter-actions'
import type { Store } from './store'

/** What can be done with filters, for the palette. */
export function filterCommands(store: Store, act: FilterActions): Command[] {
  const openMenu = (testId: string) => {
    const summary = document.querySelector<HTMLElement>(`summary[data-testid="${testId}"]`)
    if (summary?.parentElement instanceof HTMLDetailsElement) summary.parentElement.open = true
    summary?.focus()
  }
  return [
    { id: 'filter-panel', title: 'Filter by clicking…', run: () => openMenu('filter-panel') },
    {
      ...{ id: 'save-filter', title: 'Save the filter under a name…', when: () => store.filterText.value !== '' },
      run: () => openMenu('saved-filters'),
    },
    { id: 'copy-link', title: 'Copy a link to this filter, time and event', run: () => void act.copyLink() },
  ]
}
