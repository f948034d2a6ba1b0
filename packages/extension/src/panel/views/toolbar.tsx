import { termsFor } from '@playhead/shared/filter/edit'
import { LEVELS, type Level } from '@playhead/shared/model/event'
import { usePanel } from './context'
import { FilterBox } from './filter-box'
import { NamesMenu } from './names-menu'
import { SessionMenu } from './session-menu'
import { ExportMenu, ImportButton } from './transfer'

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
        onClick={actions.toggleRecording}
      >
        <span aria-hidden="true" />
      </button>
      <button
        type="button"
        class="icon"
        data-testid="toolbar-clear"
        title="Clear: end this session and start an empty one (the old one stays in the list)"
        aria-label="Clear"
        onClick={() => actions.clear()}
      >
        ⊘
      </button>
      <SessionMenu />
      <FilterBox />
      <NamesMenu part="types" label="Type" />
      <NamesMenu part="sources" label="Source" />
      <select
        aria-label="Level"
        data-testid="level"
        value={termsFor(store.filterText.value, ['level']).at(-1)?.level ?? ''}
        onChange={event => {
          const level = event.currentTarget.value as Level | ''
          actions.setClauses(['level'], level ? [{ any: [{ key: 'level', level }] }] : [])
        }}
      >
        <option value="">All levels</option>
        {LEVELS.map(level => (
          <option key={level} value={level}>
            ≤ {level}
          </option>
        ))}
      </select>
      <select
        aria-label="Time"
        data-testid="time-mode"
        value={store.timeMode.value}
        onChange={event => actions.setTimeMode(event.currentTarget.value as 'relative' | 'absolute' | 'delta')}
      >
        <option value="relative">Since start</option>
        <option value="absolute">Time of day</option>
        <option value="delta">Since row above</option>
      </select>
      <span class="spring" />
      <button type="button" data-testid="replay-open" onClick={() => actions.open('replay')}>
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
        onClick={() => actions.open('keys')}
      >
        ?
      </button>
    </div>
  )
}
