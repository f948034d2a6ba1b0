import type { Actions } from './model/actions'
import type { Store } from './model/store'

/** What the dialog of keys lists. */
export const KEYS = [
  { keys: 'j  ↓', does: 'next event' },
  { keys: 'k  ↑', does: 'event before' },
  { keys: 'g', does: 'first event' },
  { keys: 'G', does: 'last event, and follow' },
  { keys: '/', does: 'go to the filter box' },
  { keys: 'Esc', does: 'close, leave the filter box, clear the filter' },
  { keys: 'c', does: 'go to the cause' },
  { keys: 'Space', does: 'pause or go on with a replay' },
  { keys: '?', does: 'this list' },
] as const

/**
 * Handles the panel's keys before DevTools sees them: in the capture phase on `window`, and stopped there. Returns what removes it.
 */
export function listenToKeys(store: Store, actions: Actions): () => void {
  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    const typing = isField(event.target)
    const act =
      event.key === 'Escape' ? () => stepBack(store, actions, typing) : !typing && keyAction(store, actions, event.key)
    if (!act) return
    event.preventDefault()
    event.stopImmediatePropagation()
    act()
  }
  addEventListener('keydown', onKey, true)
  return () => removeEventListener('keydown', onKey, true)
}

function keyAction(store: Store, actions: Actions, key: string): (() => void) | undefined {
  if (store.dialog.value !== 'none') return undefined
  switch (key) {
    case 'j':
    case 'ArrowDown':
      return () => actions.move(1)
    case 'k':
    case 'ArrowUp':
      return () => actions.move(-1)
    case 'g':
    case 'Home':
      return () => {
        actions.select(-1)
        actions.move(1)
      }
    case 'G':
    case 'End':
      return () => {
        actions.select(-1)
        store.toEnd.value++
      }
    case '/':
      return () => document.querySelector<HTMLInputElement>('[data-testid="filter-input"]')?.focus()
    case '?':
      return () => actions.open('keys')
    case 'c':
      return () => {
        const cause = store.detail.value?.cause ?? -1
        if (cause >= 0) actions.select(cause, true)
      }
    case ' ': {
      const state = store.replay.value?.state
      if (state !== 'playing' && state !== 'paused') return undefined
      return () => actions.controlReplay(state === 'playing' ? 'pause' : 'resume')
    }
  }
  return undefined
}

/** One thing at a time, from the top: dialog, menu, focus, selection, filter. */
function stepBack(store: Store, actions: Actions, typing: boolean): void {
  const menu = document.querySelector<HTMLDetailsElement>('details.popup[open]')
  if (store.dialog.value !== 'none') store.dialog.value = 'none'
  else if (menu) menu.open = false
  else if (typing) (document.activeElement as HTMLElement | null)?.blur()
  else if (store.selected.value >= 0) actions.select(-1)
  else if (store.filterText.value) actions.setFilterText('')
}

function isField(target: EventTarget | null): boolean {
  const element = target as Partial<HTMLElement & HTMLInputElement> | null
  const { tagName } = element ?? {}
  if (tagName === 'INPUT') return !['checkbox', 'radio', 'button'].includes(element?.type ?? '')
  return tagName === 'TEXTAREA' || tagName === 'SELECT' || element?.isContentEditable === true
}
