import { useSignal } from '@preact/signals'
import type { ExportFormat } from '../../engine/contract'
import { bytes, count } from '../model/format'
import { usePanel } from './context'
import { Popup } from './popup'

const FORMATS: { format: ExportFormat['format']; testId: string; label: string; title: string }[] = [
  { format: 'json', testId: 'export', label: 'JSON', title: 'One document: for people and other tools' },
  {
    format: 'jsonl',
    testId: 'export-jsonl',
    label: 'JSON lines',
    title: 'One event a line: for big sessions and scripts',
  },
  { format: 'csv', testId: 'export-csv', label: 'CSV', title: 'A table for spreadsheets; it cannot be imported again' },
]

export function ExportMenu() {
  const { store, actions } = usePanel()
  const gzip = useSignal(false)
  if (!store.shown.value) {
    return (
      <button type="button" data-testid="export-menu" disabled>
        Export
      </button>
    )
  }
  return (
    <Popup testId="export-menu" title="Save the session as a file" label="Export" onOpen={() => {}} closes>
      {FORMATS.map(({ format, testId, label, title }) => (
        <button
          key={format}
          type="button"
          data-testid={testId}
          title={title}
          onClick={() => void actions.exportSession({ format, gzip: gzip.value })}
        >
          {label}
        </button>
      ))}
      <label class="choice">
        <input
          type="checkbox"
          data-testid="export-gzip"
          checked={gzip.value}
          onChange={event => (gzip.value = event.currentTarget.checked)}
        />
        <span>Compress (.gz)</span>
      </label>
    </Popup>
  )
}

export function ImportButton() {
  const { actions } = usePanel()
  return (
    <label class="button" title="Open a session file, or all parts of one session (.json, .jsonl, also .gz)">
      Import
      <input
        type="file"
        class="hidden"
        multiple
        accept=".json,.jsonl,.ndjson,.gz,application/json,application/gzip"
        data-testid="import-input"
        onChange={event => {
          const files = [...(event.currentTarget.files ?? [])]
          event.currentTarget.value = ''
          void actions.importFiles(files)
        }}
      />
    </label>
  )
}

/** How far the running export or import is. */
export function Transfer() {
  const { store, actions } = usePanel()
  const progress = store.transfer.value
  if (!progress) return null
  const { what, events, totalEvents, totalBytes, text, elapsed } = progress
  const [done, all] = totalEvents > 0 ? [events, totalEvents] : [progress.bytes, totalBytes]
  const perSecond = (amount: number) => (elapsed > 0 ? Math.round((amount / elapsed) * 1000) : 0)
  return (
    <p class="message" data-testid="transfer">
      <span>{what === 'import' ? 'Importing' : 'Exporting'}</span>
      <progress max={all || undefined} value={all ? done : undefined} aria-label="Progress" />
      <span>
        {count(events)} events, {bytes(text)} at {bytes(perSecond(text))}/s, {count(perSecond(events))} events/s
      </span>
      <button type="button" data-testid="transfer-cancel" onClick={actions.cancelTransfer}>
        Cancel
      </button>
    </p>
  )
}
