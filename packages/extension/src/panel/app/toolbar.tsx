import { FilterBox } from '../filter/filter-box'
import { FilterPanel } from '../filter/filter-panel'
import { FindControl } from '../filter/find-control'
import { SavedFilters } from '../filter/saved-filters'
import { SessionMenu } from '../sessions/session-menu'
import { ExportMenu, ImportButton } from '../sessions/transfer'
import { usePanel } from '../state/context'

export function Toolbar() {
  const { store, actions } = usePanel()
  const recording = store.status.value?.recording ?? true
  return (
    <div class="toolbar" role="toolbar" aria-label="Playhead">
      <button
        type="button"
        class="icon record"
        data-testid="toolbar-record"
        aria-pressed={recording}
        aria-label={recording ? 'Pause recording' : 'Record'}
        title={recording ? 'Pause recording' : 'Record'}
        onClick={actions.sessions.toggleRecording}
      >
        <span aria-hidden="true" />
      </button>
      <button
        type="button"
        class="icon"
        data-testid="toolbar-clear"
        title="Clear: end this session and start an empty one (the old one stays in the list)"
        aria-label="Clear"
        onClick={() => actions.sessions.clear()}
      >
        ⊘
      </button>
      <SessionMenu />
      <FilterBox />
      <FilterPanel />
      <SavedFilters />
      <FindControl />
      <select
        aria-label="Time"
        data-testid="time-mode"
        value={store.timeMode.value}
        onChange={event => actions.panel.setTimeMode(event.currentTarget.value as 'relative' | 'absolute' | 'delta')}
      >
        <option value="relative">Since start</option>
        <option value="absolute">Time of day</option>
        <option value="delta">Since row above</option>
      </select>
      <span class="spring" />
      <button type="button" data-testid="replay-open" onClick={() => actions.panel.open('replay')}>
        ▶ Replay…
      </button>
      <ExportMenu />
      <ImportButton />
      <button
        type="button"
        class="icon"
        data-testid="keys-open"
        aria-label="Keys"
        title="Keys (?)"
        onClick={() => actions.panel.open('keys')}
      >
        ?
      </button>
    </div>
  )
}
