import { addClause, withClauses } from '@playhead/shared/filter/edit'
import type { PanelEngine } from '../connection/engine-client'
import type { FilterActions, FilterText } from '../state/actions/filter'
import type { ListActions, SelectionActions } from '../state/actions/list'
import type { PanelActions } from '../state/actions/panel'
import type { SessionActions } from '../state/actions/sessions'
import { save } from '../state/saved'
import type { Store } from '../state/store'
import { createFilterOffers } from './filter-offers'
import { createPermalinks } from './permalink-actions'
import { createSavedFilters } from './saved-filter-actions'

/** What the filter's actions need of those of other features. */
interface FilterNeeds {
  panel: Pick<PanelActions, 'copyText'>
  list: Pick<ListActions, 'show'>
  selection: Pick<SelectionActions, 'select' | 'choose'>
  sessions: Pick<SessionActions, 'refresh' | 'open'>
}

/** `address` is that of the page which a permalink is a part of, where there is one. */
export function createFilterActions(
  store: Store,
  engine: Pick<PanelEngine, 'read'>,
  others: FilterNeeds,
  address?: () => string,
): FilterActions {
  const text = createFilterText(store, others.list)
  return {
    ...text,
    ...createFilterOffers(store, engine),
    ...createSavedFilters(store),
    ...createPermalinks(store, engine, { ...others, filter: text }, address),
  }
}

function createFilterText(store: Store, list: Pick<ListActions, 'show'>): FilterText {
  const setText = (text: string) => {
    store.filterText.value = text
    save({ filterText: text })
    void list.show()
  }
  return {
    setText,
    setFinding(finding) {
      store.finding.value = finding
      void list.show()
    },
    add: clause => setText(addClause(store.filterText.value, clause)),
    setClauses: (keys, clauses, not = 'both') => setText(withClauses(store.filterText.value, keys, clauses, not)),
  }
}
