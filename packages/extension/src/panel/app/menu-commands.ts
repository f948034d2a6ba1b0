import type { Actions } from '../state/actions/actions'
import type { Command } from '../state/command'
import type { ReadOnlyStore } from '../state/context'
import { openMenu, press } from '../widgets/open-menu'

/** The commands that stand for menus and buttons of the panel. */
export function menuCommands(store: ReadOnlyStore, actions: Actions): Command[] {
  const replay = () => store.replay.value?.state ?? 'idle'
  return [
    { id: 'columns', title: 'Columns…', run: () => openMenu('columns-menu') },
    { id: 'sessions', title: 'Choose a session…', run: () => openMenu('session-menu') },
    { id: 'import', title: 'Import a session file…', run: () => press('import-input') },
    {
      ...{ id: 'replay-stop', title: 'Stop the replay', run: () => actions.replay.control('stop') },
      when: () => ['seeking', 'playing', 'paused', 'stepping'].includes(replay()),
    },
    {
      ...{ id: 'replay-live', title: 'Back to the live page', run: () => actions.replay.control('live') },
      when: () => replay() === 'done',
    },
  ]
}
