import type { ExportFormat } from '@playhead/engine/contract/transfer'
import { artifactsOf } from '@playhead/shared/model/artifact'
import { useSignal } from '@preact/signals'
import type { ExportScope } from '../state/actions/sessions'
import { usePanel } from '../state/context'
import { bytes, count } from '../widgets/format'
import { Popup } from '../widgets/popup'

const FORMATS: { format: ExportFormat['format']; testId: string; label: string; hint: string }[] = [
  { format: 'json', testId: 'export', label: 'JSON', hint: 'One document: for people and other tools' },
  {
    format: 'jsonl',
    testId: 'export-jsonl',
    label: 'JSON lines',
    hint: 'One event a line: for big sessions and scripts',
  },
  { format: 'csv', testId: 'export-csv', label: 'CSV', hint: 'A table for spreadsheets; cannot be imported again' },
]

/** Bytes of text of a part, in the order in which the menu offers them; 0: one file. */
const PARTS = [0, 10 << 20, 50 << 20, 100 << 20, 500 << 20] as const

export function ExportMenu() {
  const { store, actions } = usePanel()
  const gzip = useSignal(false)
  const scope = useSignal<ExportScope>('all')
  const part = useSignal(0)
  const artifacts = useSignal(true)
  const shown = store.shown.value
  if (!shown) {
    return (
      <button type="button" data-testid="export-menu" disabled>
        Export
      </button>
    )
  }
  const view = store.view.value
  const chosen = store.table.selection.value.size
  const choices: [scope: ExportScope, label: string, isThere: boolean][] = [
    ['all', 'All events', true],
    ['shown', `What the list shows (${count(view?.matched ?? 0)})`, view !== null && view.matched < view.total],
    ['selected', `The chosen events (${count(chosen)})`, chosen > 0],
  ]
  const there = choices.some(([is, , isThere]) => is === scope.value && isThere) ? scope.value : 'all'
  return (
    <Popup testId="export-menu" title="Save the session as a file" label="Export" onOpen={() => {}} closes>
      <label class="format-option">
        <span>Events</span>
        <select
          data-testid="export-scope"
          value={there}
          onChange={event => (scope.value = event.currentTarget.value as ExportScope)}
        >
          {choices.map(([is, label, isThere]) => (
            <option key={is} value={is} disabled={!isThere}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <label class="format-option">
        <span>In parts of</span>
        <select
          data-testid="export-part"
          value={part.value}
          onChange={event => (part.value = Number(event.currentTarget.value))}
        >
          {PARTS.map(size => (
            <option key={size} value={size}>
              {size === 0 ? 'any size: one file' : bytes(size)}
            </option>
          ))}
        </select>
      </label>
      {FORMATS.map(({ format, testId, label, hint }) => (
        <button
          key={format}
          type="button"
          class="format"
          data-testid={testId}
          onClick={() =>
            void actions.transfer.export(
              {
                ...{ format, gzip: gzip.value, artifacts: artifacts.value },
                ...(part.value > 0 && { part: part.value }),
              },
              there,
            )
          }
        >
          {label}
          <small>{hint}</small>
        </button>
      ))}
      <label class="format-option">
        <input
          type="checkbox"
          data-testid="export-gzip"
          checked={gzip.value}
          onChange={event => (gzip.value = event.currentTarget.checked)}
        />
        <span>Compress (.gz)</span>
      </label>
      {artifactsOf(shown).length > 0 && (
        <label class="format-option">
          <input
            type="checkbox"
            data-testid="export-artifacts"
            checked={artifacts.value}
            onChange={event => (artifacts.value = event.currentTarget.checked)}
          />
          <span>With artifacts (not in a table)</span>
        </label>
      )}
    </Popup>
  )
}

export function ImportButton() {
  const { actions } = usePanel()
  return (
    <label
      class="button"
      title="Open a session file, all parts of one session, or what other tools wrote: HAR, Redux DevTools, Chrome trace, OTLP logs, CloudEvents, JSON lines (also .gz)"
    >
      Import
      <input
        type="file"
        class="hidden"
        multiple
        accept=".json,.jsonl,.ndjson,.har,.log,.txt,.trace,.gz,application/json,application/gzip"
        data-testid="import-input"
        onChange={event => {
          const files = [...(event.currentTarget.files ?? [])]
          event.currentTarget.value = ''
          void actions.transfer.import(files)
        }}
      />
    </label>
  )
}

/** Says how far the running export or import is. */
export function Transfer() {
  const { store, actions } = usePanel()
  const progress = store.transfer.value
  if (!progress) return null
  const { what, events, totalEvents, totalBytes, text, elapsed } = progress
  const [done, all] = totalEvents > 0 ? [events, totalEvents] : [progress.bytes, totalBytes]
  const perSecond = (amount: number) => (elapsed > 0 ? Math.round((amount / elapsed) * 1000) : 0)
  return (
    <p class="transfer" data-testid="transfer">
      <span>{what === 'import' ? 'Importing' : 'Exporting'}</span>
      <progress max={all || undefined} value={all ? done : undefined} aria-label="Progress" />
      <span class="transfer-amount">
        {count(events)} events, {bytes(text)}
        <small>
          {count(perSecond(events))} events/s, {bytes(perSecond(text))}/s
        </small>
      </span>
      <button type="button" data-testid="transfer-cancel" onClick={actions.transfer.cancel}>
        Cancel
      </button>
    </p>
  )
}
