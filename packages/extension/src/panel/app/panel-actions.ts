import { batch } from '@preact/signals'
import type { ListActions } from '../state/actions/list'
import type { PanelActions } from '../state/actions/panel'
import { guard, say } from '../state/report'
import { save } from '../state/saved'
import type { Store } from '../state/store'
import { copyText } from '../widgets/copy-text'

export function createPanelActions(store: Store, list: Pick<ListActions, 'show'>): PanelActions {
  return {
    open(dialog) {
      store.dialog.value = dialog
    },
    dismissMessage() {
      store.message.value = null
    },
    setTimeMode(timeMode) {
      store.timeMode.value = timeMode
      save({ timeMode })
    },
    copyText: (text, what) =>
      guard(
        store,
        copyText(text).then(() => say(store, `${what} copied.`)),
      ),
    applySetup({ filterText, columns, sort, group }) {
      batch(() => {
        store.filterText.value = filterText
        store.table.columns.value = columns
        store.table.sort.value = sort
        store.table.group.value = group
      })
      void list.show()
    },
  }
}
