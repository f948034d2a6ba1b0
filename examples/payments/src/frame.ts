import { type ReadonlySignal, signal } from '@preact/signals'
import type { State } from './model/types'
import type { Store } from './store'

/** The state that views show: the latest, changed at most once in an animation frame, however many events there were. */
export function shownState(store: Store): ReadonlySignal<State> {
  const shown = signal(store.get())
  let planned = false
  store.subscribe(() => {
    if (planned) return
    planned = true
    requestAnimationFrame(() => {
      planned = false
      shown.value = store.get()
    })
  })
  return shown
}
