import type { Actions } from '../app/actions'
import type { Command } from '../app/commands'
import { openMenu, press } from '../app/view-commands'
import type { Store } from '../state/store'
import type { FilterActions } from './filter-actions'

/** What can be done with filters, for the palette. */
export function filterCommands(store: Store, act: FilterActions): Command[] {
  return [
    { id: 'filter-panel', title: 'Filter by clicking…', run: () => openMenu('filter-panel') },
    {
      ...{ id: 'save-filter', title: 'Save the filter under a name…', when: () => store.filterText.value !== '' },
      run() {
        openMenu('saved-filters')
        // Its content comes with it.
        setTimeout(() => document.querySelector<HTMLElement>('[data-testid="save-name"]')?.focus())
      },
    },
    { id: 'saved-filters', title: 'Saved filters…', run: () => openMenu('saved-filters') },
    {
      ...{ id: 'export-filters', title: 'Export the saved filters', when: () => store.filter.saved.value.length > 0 },
      run: () => act.exportFilters(),
    },
    {
      ...{ id: 'import-filters', title: 'Import filters…' },
      run() {
        openMenu('saved-filters')
        setTimeout(() => press('import-filters'))
      },
    },
    { id: 'copy-link', title: 'Copy a link to this filter, time and events', run: () => void act.copyLink() },
  ]
}

/** The filters with a name, of the app in view: they come and go. */
export function savedFilterCommands(store: Store, actions: Actions, act: FilterActions): Command[] {
  const app = act.appOf()
  return store.filter.saved.value
    .filter(saved => saved.app === app)
    .map(({ name, text }) => ({
      ...{ id: `saved:${name}`, title: `Filter: ${name}` },
      run: () => actions.setFilterText(text),
    }))
}
