import type { Actions } from '../state/actions/actions'
import type { Command } from '../state/command'
import type { ReadOnlyStore } from '../state/context'
import { TAB_NAMES } from '../state/inspector-store'
import { TABS } from './tabs'

/** The commands about the selected event. */
export function inspectorCommands(store: ReadOnlyStore, actions: Actions): Command[] {
  const selected = () => store.selected.value >= 0
  const only = (key: 'chain' | 'cause') =>
    actions.filter.setClauses(['chain', 'cause'], [{ any: [{ key, seq: store.selected.value }] }])
  return [
    ...TAB_NAMES.map(name => ({
      ...{ id: `tab-${name.toLowerCase()}`, title: `Event: ${TABS[name].title}`, when: selected },
      run() {
        actions.inspector.showTab(name)
        requestAnimationFrame(() => document.querySelector<HTMLElement>('.inspector [aria-selected="true"]')?.focus())
      },
    })),
    { id: 'choose-none', title: 'Choose no event', when: selected, run: () => actions.selection.select(-1) },
    { id: 'only-chain', title: 'Filter: causes and effects of the event', when: selected, run: () => only('chain') },
    { id: 'only-effects', title: 'Filter: what the event caused', when: selected, run: () => only('cause') },
  ]
}
