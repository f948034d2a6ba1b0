import { bytes, count } from '../model/format'
import { usePanel } from './context'

export function Transfer() {
  const { store, actions } = usePanel()
  const progress = store.transfer.value
  if (!progress) return null
  return (
    <p class="message" data-testid="transfer">
      <span>{progress.what === 'import' ? 'Importing' : 'Exporting'}</span>
      <progress max={progress.totalBytes || undefined} value={progress.totalBytes ? progress.bytes : undefined} />
      <span>
        {count(progress.events)} events, {bytes(progress.bytes)}
      </span>
      <button type="button" onClick={actions.cancelTransfer}>
        Cancel
      </button>
    </p>
  )
}
