import type { Actions } from '../state/actions/actions'
import type { Command } from '../state/command'
import type { ReadOnlyStore } from '../state/context'
import { typedKey } from '../widgets/typed-key'

const NAMES: Readonly<Record<string, string>> = { ArrowDown: '↓', ArrowUp: '↑', ' ': 'Space' }

/** Lists all keys and what each does, for the dialog of keys. */
export function keyList(commands: readonly Command[]): { keys: string; does: string }[] {
  const listed = commands.flatMap(({ keys, title }) =>
    keys ? [{ keys: keys.map(key => NAMES[key] ?? key).join('  '), does: title }] : [],
  )
  return [
    ...listed,
    { keys: 'Esc', does: 'One thing back: dialog, menu, field, selection, filter' },
    { keys: 'W  S  A  D', does: 'In the timeline: zoom and move; arrows move the playhead' },
    { keys: 'Ctrl K', does: 'All commands' },
    { keys: 'Ctrl C', does: 'Copy the chosen events' },
    { keys: 'Ctrl A', does: 'Choose all events of the list' },
  ]
}

/**
 * Handles the panel's keys before DevTools sees them: in the capture phase on `window`, and stopped there. Returns what removes it.
 */
export function listenToKeys(store: ReadOnlyStore, actions: Actions, commands: readonly Command[]): () => void {
  const byKey = new Map(commands.flatMap(command => (command.keys ?? []).map(key => [key, command] as const)))
  const onKey = (event: KeyboardEvent) => {
    // While a word is composed, every key belongs to the input method; the last one comes with code 229.
    if (event.isComposing || event.keyCode === 229) {
      event.stopImmediatePropagation()
      return
    }
    if (event.defaultPrevented) return
    if (isUndo(event) && isField(event.target)) {
      // DevTools would take the key for its own and keep the browser from undoing.
      event.stopImmediatePropagation()
      return
    }
    const act = actionOf(event)
    if (!act) return
    event.preventDefault()
    event.stopImmediatePropagation()
    act()
  }
  const actionOf = (event: KeyboardEvent): (() => void) | undefined => {
    const { target } = event
    const key = typedKey(event)
    const typing = isField(target)
    if (event.ctrlKey || event.metaKey) return event.altKey ? undefined : withControl(event, typing)
    if (event.altKey) return undefined
    if (key === 'Escape') return () => stepBack(store, actions, typing)
    if (key === '?' && store.dialog.value === 'keys') return () => actions.panel.open('none')
    if (typing || store.dialog.value !== 'none' || isTakenBy(target, key)) return undefined
    const command = byKey.get(event.shiftKey && (key === 'ArrowDown' || key === 'ArrowUp') ? shifted(key) : key)
    return command && (command.when?.() ?? true) ? () => command.run() : undefined
  }
  const withControl = (event: KeyboardEvent, typing: boolean): (() => void) | undefined => {
    const { target } = event
    const key = typedKey(event)
    if (key === 'k') return () => actions.panel.open(store.dialog.value === 'palette' ? 'none' : 'palette')
    if (typing || store.dialog.value !== 'none' || !isInList(target)) return undefined
    if (key === 'c' && !getSelection()?.toString()) return () => void actions.selection.copy('line')
    return key === 'a' ? () => actions.selection.pickAll() : undefined
  }
  addEventListener('keydown', onKey, true)
  document.body.addEventListener('keydown', keepFromDevTools)
  return () => {
    removeEventListener('keydown', onKey, true)
    document.body.removeEventListener('keydown', keepFromDevTools)
  }
}

/** Keeps a key that nothing here made use of from DevTools, which listens at the document and would open its settings at a `?`. */
function keepFromDevTools(event: KeyboardEvent): void {
  if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation()
}

/** The key undoes or redoes what was typed into a field. */
function isUndo(event: KeyboardEvent): boolean {
  return (event.ctrlKey || event.metaKey) && !event.altKey && /^[zy]$/i.test(typedKey(event))
}

function shifted(key: string): string {
  return key === 'ArrowDown' ? 'J' : 'K'
}

/** Takes one thing back, the topmost there is: dialog, menu, focus, selection, filter. */
function stepBack(store: ReadOnlyStore, actions: Actions, typing: boolean): void {
  const menu = document.querySelector<HTMLDetailsElement>('details.popup[open]')
  if (store.dialog.value !== 'none') actions.panel.open('none')
  else if (store.filter.listed.value) actions.filter.setListing(false)
  else if (menu) {
    menu.open = false
    menu.querySelector('summary')?.focus()
  } else if (typing) (document.activeElement as HTMLElement | null)?.blur()
  else if (store.selected.value >= 0) actions.selection.select(-1)
  else if (store.filterText.value) actions.filter.setText('')
}

function isField(target: EventTarget | null): boolean {
  const element = target as Partial<HTMLElement & HTMLInputElement> | null
  const { tagName } = element ?? {}
  if (tagName === 'INPUT') return !['checkbox', 'radio', 'button'].includes(element?.type ?? '')
  return tagName === 'TEXTAREA' || tagName === 'SELECT' || element?.isContentEditable === true
}

/** Says whether what has the focus uses this key itself: a button is pressed by it, a tree or a slider walked through. */
function isTakenBy(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof Element)) return false
  if (key === ' ' || key === 'Enter')
    return target.closest('button, summary, a, input, [role="treeitem"], [role="option"]') !== null
  if (/^(Arrow|Home|End|Page)/.test(key))
    return (
      target.closest('[role="tree"], [role="listbox"], [role="slider"], [role="tablist"], [role="separator"]') !== null
    )
  return key !== '?' && target.closest('[data-own-keys]') !== null
}

function isInList(target: EventTarget | null): boolean {
  return target instanceof Element && (target === document.body || target.closest('.list') !== null)
}
