import type { Actions } from '../state/actions/actions'
import type { FilterActions } from '../state/actions/filter'
import type { Command } from '../state/command'
import type { ReadOnlyStore } from '../state/context'
import { openMenu, press } from '../widgets/open-menu'

/** The commands about filters. */
export function filterCommands(store: ReadOnlyStore, act: FilterActions): Command[] {
  return [
    { id: 'filter-panel', title: 'Filter by clicking…', run: () => openMenu('filter-panel') },
    {
      ...{ id: 'save-filter', title: 'Save the filter under a name…', when: () => store.filterText.value !== '' },
      run() {
        openMenu('saved-filters')
        // The menu's content is made when it opens, after this.
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
    { id: 'copy-link', title: 'Copy a link to this filter, time and events', run: () => void act.copyPermalink() },
  ]
}

/** The filters with a name, of the app in view: they come and go. */
export function savedFilterCommands(store: ReadOnlyStore, { filter }: Pick<Actions, 'filter'>): Command[] {
  const app = filter.appOf()
  return store.filter.saved.value
    .filter(saved => saved.app === app)
    .map(({ name, text }) => ({
      ...{ id: `saved:${name}`, title: `Filter: ${name}` },
      run: () => filter.setText(text),
    }))
}
