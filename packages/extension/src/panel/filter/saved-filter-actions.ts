import type { SavedFilters } from '../state/actions/filter'
import { say, showMessage } from '../state/report'
import { save } from '../state/saved'
import { appOf } from '../state/session-app'
import type { Store } from '../state/store'
import {
  importFilters,
  LARGEST_FILE,
  LONGEST_RECENT,
  MOST_FILTERS,
  MOST_RECENT,
  printFilters,
  renamed,
  type SavedFilter,
  withFilter,
  withoutFilter,
} from '../state/stored-filters'
import { download } from '../widgets/download'

export function createSavedFilters(store: Store): SavedFilters {
  const { filter } = store
  const keep = (filters: SavedFilter[]) => {
    filter.saved.value = filters
    save({ filters })
  }

  return {
    appOf: () => appOf(store.shown.value),
    remember(text) {
      const line = text.trim()
      if (line === '' || line.length > LONGEST_RECENT || store.parsed.peek().problems.length > 0) return
      if (filter.recent.peek()[0] === line) return
      filter.recent.value = [line, ...filter.recent.peek().filter(one => one !== line)].slice(0, MOST_RECENT)
      save({ recent: filter.recent.value })
    },
    saveAs(name) {
      const app = appOf(store.shown.peek())
      const next = withFilter(filter.saved.value, { app, name, text: store.filterText.value })
      if (next) keep(next)
      else if (filter.saved.value.length >= MOST_FILTERS)
        say(store, `There is room for ${MOST_FILTERS} filters. Delete some first.`)
    },
    rename(old, name) {
      const next = renamed(filter.saved.value, old, name)
      if (next) keep(next)
      else if (name.trim() !== old.name)
        say(store, name.trim() ? 'There is a filter of this name already.' : 'A filter needs a name.')
    },
    remove: gone => keep(withoutFilter(filter.saved.value, gone)),
    exportFilters() {
      download(new Blob([printFilters(filter.saved.value)], { type: 'application/json' }), 'playhead-filters.json')
    },
    async importFilters(file) {
      const text = file.size <= LARGEST_FILE ? await file.text() : 'x'.repeat(LARGEST_FILE + 1)
      const read = importFilters(filter.saved.value, text)
      if (!read.ok) return showMessage(store, `The filters were not imported: ${read.message}.`)
      keep(read.filters)
      const { added, skipped } = read
      say(store, `${added} ${added === 1 ? 'filter' : 'filters'} imported${skipped ? `, ${skipped} left out` : ''}.`)
    },
  }
}
