import { usePanel } from '../state/context'
import { count, visible } from '../widgets/format'

/** Says what is wrong with the first bad line of an import, or which part is missing, and how to go on. */
export function BadLineDialog() {
  const { store, actions } = usePanel()
  const pending = store.badLine.value
  if (!pending) return null
  const { files, name, how, message, where, events } = pending
  return (
    <>
      <p class="bad-line" data-testid="bad-line">
        <strong>{visible(name)}</strong>, <span data-testid="bad-line-where">{visible(where || 'at the damage')}</span>
        <br />
        {visible(message)}
      </p>
      <p>
        {count(events)} {events === 1 ? 'event comes' : 'events come'} before it. Nothing has been imported yet: import
        these, or all that can be read. What is left out is shown as a gap.
      </p>
      <div class="dialog-actions">
        <button type="button" data-testid="bad-line-cancel" onClick={() => actions.panel.open('none')}>
          Do not import
        </button>
        <button
          type="button"
          data-testid="bad-line-stop"
          onClick={() => void actions.transfer.import(files, { ...how, onBadLine: 'stop' })}
        >
          Import up to there
        </button>
        <button
          type="button"
          class="first"
          data-testid="bad-line-skip"
          onClick={() => void actions.transfer.import(files, { ...how, onBadLine: 'skip' })}
        >
          Skip what cannot be read
        </button>
      </div>
    </>
  )
}
