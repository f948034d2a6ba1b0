import { effect, untracked } from '@preact/signals'
import type { PanelActions } from '../state/actions/panel'
import { type Setup, saved, saveFor, setupOf } from '../state/saved'
import { appOf } from '../state/session-app'
import type { Store } from '../state/store'

/**
 * Each app has a filter, columns, order and groups of its own: those of another one would hide what it records. Follows the session that
 * is shown; returns what ends it.
 */
export function followApp(store: Store, { applySetup }: Pick<PanelActions, 'applySetup'>): () => void {
  let { app } = saved()
  let isKnown = false
  const startText = store.filterText.peek()

  const begin = (next: string) => {
    const now = setupNow(store)
    if (app === '' || next === app) return saveFor(next, now)
    // What a permalink or the user wrote before the app was known is meant for it.
    const isMeant = now.filterText !== startText
    change(next, { ...setupOf(next), ...(isMeant && { filterText: now.filterText }) })
  }
  const change = (next: string, setup: Setup) => {
    saveFor(next, setup)
    applySetup(setup)
  }

  return effect(() => {
    const next = appOf(store.shown.value)
    if (next === '' || (isKnown && next === app)) return
    untracked(() => {
      if (isKnown) change(next, setupOf(next))
      else begin(next)
      isKnown = true
      app = next
    })
  })
}

function setupNow({ filterText, table }: Store): Setup {
  return {
    filterText: filterText.peek(),
    columns: [...table.columns.peek()],
    sort: table.sort.peek(),
    group: table.group.peek(),
  }
}
