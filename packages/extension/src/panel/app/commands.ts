import type { Actions } from '../state/actions/actions'
import type { Command } from '../state/command'
import type { ReadOnlyStore } from '../state/context'

/** The commands of the panel as a whole, in the order in which the dialog of keys lists them. */
export function createCommands(store: ReadOnlyStore, actions: Actions): Command[] {
  const selected = () => store.selected.value >= 0
  const replaying = () => ['playing', 'paused'].includes(store.replay.value?.state ?? '')
  const focus = (selector: string) => document.querySelector<HTMLElement>(selector)?.focus()
  const byTestId = (testId: string) => `[data-testid="${testId}"]`

  return [
    { id: 'next', title: 'Next event', keys: ['j', 'ArrowDown'], run: () => actions.moves.move(1) },
    { id: 'previous', title: 'Event before', keys: ['k', 'ArrowUp'], run: () => actions.moves.move(-1) },
    {
      id: 'extend-down',
      title: 'Choose the next event too',
      keys: ['J'],
      when: selected,
      run: () => actions.moves.move(1, true),
    },
    {
      id: 'extend-up',
      title: 'Choose the event before too',
      keys: ['K'],
      when: selected,
      run: () => actions.moves.move(-1, true),
    },
    {
      ...{ id: 'first', title: 'First event', keys: ['g', 'Home'] },
      run: () => actions.moves.first(),
    },
    {
      ...{ id: 'last', title: 'Last event, and follow', keys: ['G', 'End'] },
      run: () => actions.moves.last(),
    },
    { id: 'next-match', title: 'Next match', keys: ['n'], run: () => actions.moves.nextMatch(1) },
    { id: 'previous-match', title: 'Match before', keys: ['N'], run: () => actions.moves.nextMatch(-1) },
    { id: 'filter', title: 'Go to the filter box', keys: ['/'], run: () => focus(byTestId('filter-input')) },
    {
      ...{ id: 'find', title: 'Filter, or find among all events', keys: ['f'] },
      run: () => actions.filter.setFinding(!store.finding.value),
    },
    {
      ...{ id: 'open', title: 'Go into the selected event', keys: ['Enter'], when: selected },
      run: () => focus('.inspector [role="tab"][aria-selected="true"]'),
    },
    {
      ...{ id: 'unfold', title: 'Unfold the event in the list', keys: ['ArrowRight'], when: selected },
      run: () => actions.moves.unfoldSelected(true),
    },
    {
      ...{ id: 'fold', title: 'Fold it', keys: ['ArrowLeft'], when: selected },
      run: () => actions.moves.unfoldSelected(false),
    },
    {
      ...{ id: 'fold-all', title: 'Fold all events of the list', when: () => store.table.unfolded.value.size > 0 },
      run: () => actions.list.foldAll(),
    },
    {
      ...{ id: 'cause', title: 'Go to the cause', keys: ['c'], when: selected },
      run: () => actions.moves.cause(),
    },
    {
      ...{ id: 'effect', title: 'Go to the first effect', keys: ['e'], when: selected },
      run: () => actions.moves.firstEffect(),
    },
    {
      ...{ id: 'play', title: 'Replay, pause or go on', keys: [' '] },
      run: () => {
        if (!replaying()) actions.panel.open('replay')
        else actions.replay.control(store.replay.value?.state === 'playing' ? 'pause' : 'resume')
      },
    },
    {
      ...{ id: 'step', title: 'One step of the replay, or the next event of this type', keys: [']'], when: selected },
      run: () => {
        if (store.replay.value?.state === 'paused') actions.replay.control('step')
        else actions.moves.sameType(1)
      },
    },
    {
      id: 'step-back',
      title: 'The event of this type before',
      keys: ['['],
      when: selected,
      run: () => actions.moves.sameType(-1),
    },
    {
      ...{ id: 'bookmark', title: 'Bookmark the event, or take the mark away', keys: ['b'], when: selected },
      run: () => void actions.selection.toggleBookmark(),
    },
    {
      id: 'copy-json',
      title: 'Copy the chosen events as JSON',
      when: selected,
      run: () => void actions.selection.copy('json'),
    },
    {
      id: 'copy-line',
      title: 'Copy the chosen events as lines',
      when: selected,
      run: () => void actions.selection.copy('line'),
    },
    { id: 'all', title: 'Choose all events of the list', run: () => actions.selection.pickAll() },
    { id: 'group', title: 'Group repeats', run: () => actions.list.toggleGroups() },
    { id: 'newest-first', title: 'Order by time, the other way', run: () => actions.list.sortBy('time') },
    { id: 'relative', title: 'Time since the start', run: () => actions.panel.setTimeMode('relative') },
    { id: 'absolute', title: 'Time of day', run: () => actions.panel.setTimeMode('absolute') },
    { id: 'delta', title: 'Time since the row above', run: () => actions.panel.setTimeMode('delta') },
    { id: 'record', title: 'Record, or pause recording', run: () => actions.sessions.toggleRecording() },
    { id: 'clear', title: 'Clear: begin a new session', run: () => actions.sessions.clear() },
    { id: 'clear-filter', title: 'Clear the filter', run: () => actions.filter.setText('') },
    { id: 'live', title: 'Show the live session', run: () => actions.sessions.open(null) },
    {
      id: 'export-json',
      title: 'Export as JSON',
      run: () => void actions.transfer.export({ format: 'json', gzip: false }),
    },
    {
      ...{ id: 'export-lines', title: 'Export as JSON lines, compressed' },
      run: () => void actions.transfer.export({ format: 'jsonl', gzip: true }),
    },
    {
      id: 'export-csv',
      title: 'Export as CSV',
      run: () => void actions.transfer.export({ format: 'csv', gzip: false }),
    },
    {
      ...{ id: 'export-shown', title: 'Export what the list shows, as JSON lines' },
      run: () => void actions.transfer.export({ format: 'jsonl', gzip: false }, 'shown'),
    },
    {
      ...{ id: 'export-chosen', title: 'Export the chosen events as JSON', when: selected },
      run: () => void actions.transfer.export({ format: 'json', gzip: false }, 'selected'),
    },
    { id: 'replay', title: 'Replay into the page…', run: () => actions.panel.open('replay') },
    {
      ...{ id: 'about', title: 'About this session', when: () => store.shown.value !== null },
      run: () => actions.sessions.openAbout(store.shown.value?.id ?? ''),
    },
    { id: 'storage', title: 'Storage and limits', run: () => actions.panel.open('storage') },
    { id: 'sites', title: 'Allowed sites', run: () => actions.panel.open('sites') },
    { id: 'wipe', title: 'Delete everything stored…', run: () => actions.panel.open('wipe') },
    { id: 'keys', title: 'Keys', keys: ['?'], run: () => actions.panel.open('keys') },
  ]
}
