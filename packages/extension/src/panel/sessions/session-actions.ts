import type { PanelEngine } from '../connection/engine-client'
import type { ListActions, SelectionActions } from '../state/actions/list'
import type { SessionActions } from '../state/actions/sessions'
import { guard } from '../state/report'
import { forget, save } from '../state/saved'
import type { Store } from '../state/store'

export function createSessionActions(
  store: Store,
  engine: Pick<PanelEngine, 'sessions'>,
  {
    list,
    selection,
  }: { list: Pick<ListActions, 'show' | 'forgetUnfolded'>; selection: Pick<SelectionActions, 'select'> },
): SessionActions {
  const { sessions } = engine
  const refresh = () =>
    guard(
      store,
      sessions.list().then(listed => {
        store.sessions.value = listed
      }),
    )
  const open = (id: string | null) => {
    selection.select(-1)
    store.session.value = id
    list.forgetUnfolded()
    void list.show()
    void refresh()
  }

  return {
    refresh,
    open,
    toggleRecording() {
      const recording = store.status.value?.recording ?? true
      void guard(store, sessions.setRecording(!recording))
    },
    clear() {
      selection.select(-1)
      void guard(
        store,
        sessions.begin(true).then(() => open(null)),
      )
    },
    remove(id) {
      void guard(
        store,
        sessions.remove(id).then(() => {
          if (store.session.value === id) open(null)
          return refresh()
        }),
      )
    },
    rename: (id, name) => void guard(store, sessions.rename(id, name).then(refresh)),
    annotate: (id, change) => void guard(store, sessions.annotate(id, change).then(refresh)),
    async setRetention(retention) {
      save({ retention })
      await guard(store, sessions.setRetention(retention))
    },
    wipe() {
      store.dialog.value = 'none'
      selection.select(-1)
      forget()
      store.filter.saved.value = []
      store.filter.recent.value = []
      void guard(
        store,
        sessions.wipe().then(() => open(null)),
      )
    },
    openAbout(id) {
      store.about.value = id
      store.dialog.value = 'session'
    },
  }
}
