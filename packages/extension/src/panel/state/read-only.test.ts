import { expect, it } from 'vitest'
import type { Panel } from './context'
import { createStore } from './store'

/** What a component may not do; each line fails to compile where the rule is kept. It is never run. */
export function writes({ store, connection }: Panel): void {
  // @ts-expect-error: actions select.
  store.selected.value = 3
  // @ts-expect-error: actions open dialogs.
  store.dialog.value = 'none'
  // @ts-expect-error: at any depth.
  store.inspector.tab.value = 'Raw'
  // @ts-expect-error: no signal, and not to be written either.
  store.timeline.kept = null
  // @ts-expect-error: the signal cannot be put out of its place.
  store.selected = store.toEnd
  // @ts-expect-error: nor can the connection's state be written.
  connection.state.value = connection.state.peek()
}

it('leaves a component every signal of the store to read', () => {
  const store: Panel['store'] = createStore()
  const { selected, filter, timeline } = store
  expect([selected.value, filter.listing.peek(), timeline.dragged.value]).toEqual([-1, false, null])
})
