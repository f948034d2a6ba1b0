import { count, visible } from '../model/format'
import { usePanel } from './context'

/** What is wrong with the first bad line of an import, or which part is missing, and how to go on. */
export function BadLineDialog() {
  const { store, actions } = usePanel()
  const pending = store.badLine.value
  if (!pending) return null
  const { files, name, how, message, where, events } = pending
  return (
    <>
      <p data-testid="bad-line">
        {name}, <span data-testid="bad-line-where">{where || 'at the damage'}</span>: {visible(message)}
      </p>
      <p>{count(events)} events come before it. Nothing has been imported yet.</p>
      <button
        type="button"
        data-testid="bad-line-stop"
        onClick={() => void actions.importFiles(files, { ...how, onBadLine: 'stop' })}
      >
        Import up to there
      </button>
      <button
        type="button"
        data-testid="bad-line-skip"
        onClick={() => void actions.importFiles(files, { ...how, onBadLine: 'skip' })}
      >
        Skip what cannot be read
      </button>
    </>
  )
}
