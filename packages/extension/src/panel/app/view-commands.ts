import { TABS, type Tab } from '../state/inspector-store'
import type { Store } from '../state/store'
import type { Actions } from './actions'
import type { Command } from './commands'

const TAB_TITLES: Readonly<Record<Tab, string>> = {
  Payload: 'payload',
  Diff: 'difference to another event',
  Cause: 'causes and effects',
  Entity: 'all with the same value',
  Raw: 'raw text',
}

/** What else the controls of the panel do, for the palette. */
export function viewCommands(store: Store, actions: Actions): Command[] {
  const selected = () => store.selected.value >= 0
  const replay = () => store.replay.value?.state ?? 'idle'
  const only = (key: 'chain' | 'cause') =>
    actions.setClauses(['chain', 'cause'], [{ any: [{ key, seq: store.selected.value }] }])
  return [
    ...TABS.map(tab => ({
      ...{ id: `tab-${tab.toLowerCase()}`, title: `Event: ${TAB_TITLES[tab]}`, when: selected },
      run() {
        store.inspector.tab.value = tab
        requestAnimationFrame(() => document.querySelector<HTMLElement>('.inspector [aria-selected="true"]')?.focus())
      },
    })),
    { id: 'choose-none', title: 'Choose no event', when: selected, run: () => actions.select(-1) },
    { id: 'only-chain', title: 'Filter: causes and effects of the event', when: selected, run: () => only('chain') },
    { id: 'only-effects', title: 'Filter: what the event caused', when: selected, run: () => only('cause') },
    { id: 'columns', title: 'Columns…', run: () => openMenu('columns-menu') },
    { id: 'sessions', title: 'Choose a session…', run: () => openMenu('session-menu') },
    { id: 'import', title: 'Import a session file…', run: () => press('import-input') },
    {
      ...{ id: 'replay-stop', title: 'Stop the replay', run: () => actions.controlReplay('stop') },
      when: () => ['seeking', 'playing', 'paused', 'stepping'].includes(replay()),
    },
    {
      ...{ id: 'replay-live', title: 'Back to the live page', run: () => actions.controlReplay('live') },
      when: () => replay() === 'done',
    },
  ]
}

/** Opens the menu below a button, with the focus on it. */
export function openMenu(testId: string): void {
  const summary = document.querySelector<HTMLElement>(`summary[data-testid="${testId}"]`)
  if (summary?.parentElement instanceof HTMLDetailsElement) summary.parentElement.open = true
  summary?.focus()
}

export function press(testId: string): void {
  document.querySelector<HTMLElement>(`[data-testid="${testId}"]`)?.click()
}
