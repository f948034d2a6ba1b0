import type { Store } from '../state/store'
import type { Actions } from './actions'

/** Something the user can do: from the palette, and by a key where it has one. */
export interface Command {
  id: string
  title: string
  /** `KeyboardEvent.key` of each key that does it; single letters as they are typed. */
  keys?: readonly string[]
  /** Not now: it is not offered, and its key does nothing. */
  when?: () => boolean
  run(): void
}

/** Every command there is, in the order in which help lists them. */
export function createCommands(store: Store, actions: Actions): Command[] {
  const selected = () => store.selected.value >= 0
  const replaying = () => ['playing', 'paused'].includes(store.replay.value?.state ?? '')
  const focus = (selector: string) => document.querySelector<HTMLElement>(selector)?.focus()
  const byTestId = (testId: string) => `[data-testid="${testId}"]`

  return [
    { id: 'next', title: 'Next event', keys: ['j', 'ArrowDown'], run: () => actions.move(1) },
    { id: 'previous', title: 'Event before', keys: ['k', 'ArrowUp'], run: () => actions.move(-1) },
    {
      id: 'extend-down',
      title: 'Choose the next event too',
      keys: ['J'],
      when: selected,
      run: () => actions.move(1, true),
    },
    {
      id: 'extend-up',
      title: 'Choose the event before too',
      keys: ['K'],
      when: selected,
      run: () => actions.move(-1, true),
    },
    {
      ...{ id: 'first', title: 'First event', keys: ['g', 'Home'] },
      run: () => actions.first(),
    },
    {
      ...{ id: 'last', title: 'Last event, and follow', keys: ['G', 'End'] },
      run: () => {
        actions.stay()
        actions.select(-1)
        store.toEnd.value++
      },
    },
    { id: 'next-match', title: 'Next match', keys: ['n'], run: () => actions.nextMatch(1) },
    { id: 'previous-match', title: 'Match before', keys: ['N'], run: () => actions.nextMatch(-1) },
    { id: 'filter', title: 'Go to the filter box', keys: ['/'], run: () => focus(byTestId('filter-input')) },
    {
      ...{ id: 'find', title: 'Filter, or find among all events', keys: ['f'] },
      run: () => actions.setFinding(!store.finding.value),
    },
    {
      ...{ id: 'open', title: 'Go into the selected event', keys: ['Enter'], when: selected },
      run: () => focus('.inspector [role="tab"][aria-selected="true"]'),
    },
    {
      ...{ id: 'unfold', title: 'Unfold the event in the list', keys: ['ArrowRight'], when: selected },
      run: () => actions.unfoldSelected(true),
    },
    {
      ...{ id: 'fold', title: 'Fold it', keys: ['ArrowLeft'], when: selected },
      run: () => actions.unfoldSelected(false),
    },
    {
      ...{ id: 'fold-all', title: 'Fold all events of the list', when: () => store.table.unfolded.value.size > 0 },
      run: () => actions.foldAll(),
    },
    {
      ...{ id: 'cause', title: 'Go to the cause', keys: ['c'], when: selected },
      run: () => actions.cause(),
    },
    {
      ...{ id: 'effect', title: 'Go to the first effect', keys: ['e'], when: selected },
      run: () => actions.firstEffect(),
    },
    {
      ...{ id: 'play', title: 'Replay, pause or go on', keys: [' '] },
      run: () => {
        if (!replaying()) actions.open('replay')
        else actions.controlReplay(store.replay.value?.state === 'playing' ? 'pause' : 'resume')
      },
    },
    {
      ...{ id: 'step', title: 'One step of the replay, or the next event of this type', keys: [']'], when: selected },
      run: () => {
        if (store.replay.value?.state === 'paused') actions.controlReplay('step')
        else actions.sameType(1)
      },
    },
    {
      id: 'step-back',
      title: 'The event of this type before',
      keys: ['['],
      when: selected,
      run: () => actions.sameType(-1),
    },
    {
      ...{ id: 'bookmark', title: 'Bookmark the event, or take the mark away', keys: ['b'], when: selected },
      run: () => void actions.toggleBookmark(),
    },
    { id: 'copy-json', title: 'Copy the chosen events as JSON', when: selected, run: () => void actions.copy('json') },
    { id: 'copy-line', title: 'Copy the chosen events as lines', when: selected, run: () => void actions.copy('line') },
    { id: 'all', title: 'Choose all events of the list', run: () => actions.pickAll() },
    { id: 'group', title: 'Group repeats', run: () => actions.toggleGroups() },
    { id: 'newest-first', title: 'Order by time, the other way', run: () => actions.sortBy('time') },
    { id: 'relative', title: 'Time since the start', run: () => actions.setTimeMode('relative') },
    { id: 'absolute', title: 'Time of day', run: () => actions.setTimeMode('absolute') },
    { id: 'delta', title: 'Time since the row above', run: () => actions.setTimeMode('delta') },
    { id: 'record', title: 'Record, or pause recording', run: () => actions.toggleRecording() },
    { id: 'clear', title: 'Clear: begin a new session', run: () => actions.clear() },
    { id: 'clear-filter', title: 'Clear the filter', run: () => actions.setFilterText('') },
    { id: 'live', title: 'Show the live session', run: () => actions.openSession(null) },
    {
      id: 'export-json',
      title: 'Export as JSON',
      run: () => void actions.exportSession({ format: 'json', gzip: false }),
    },
    {
      ...{ id: 'export-lines', title: 'Export as JSON lines, compressed' },
      run: () => void actions.exportSession({ format: 'jsonl', gzip: true }),
    },
    { id: 'export-csv', title: 'Export as CSV', run: () => void actions.exportSession({ format: 'csv', gzip: false }) },
    { id: 'replay', title: 'Replay into the page…', run: () => actions.open('replay') },
    {
      ...{ id: 'about', title: 'About this session', when: () => store.shown.value !== null },
      run: () => actions.openAbout(store.shown.value?.id ?? ''),
    },
    { id: 'storage', title: 'Storage and limits', run: () => actions.open('storage') },
    { id: 'sites', title: 'Allowed sites', run: () => actions.open('sites') },
    { id: 'wipe', title: 'Delete everything stored…', run: () => actions.open('wipe') },
    { id: 'keys', title: 'Keys', keys: ['?'], run: () => actions.open('keys') },
  ]
}

/** Whether the letters of `wanted` occur in `title` in this order; the lower the better, undefined: they do not. */
export function distance(title: string, wanted: string): number | undefined {
  const text = title.toLowerCase()
  let at = 0
  let skipped = 0
  for (const letter of wanted.toLowerCase().replace(/\s+/g, '')) {
    const found = text.indexOf(letter, at)
    if (found < 0) return undefined
    // The beginning of a word costs nothing.
    if (found > at && text[found - 1] !== ' ') skipped += found - at
    else if (found > at) skipped += 1
    at = found + 1
  }
  return skipped
}
