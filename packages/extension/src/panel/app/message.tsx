import { usePanel } from '../state/context'

/** Says what went wrong until the user dismisses it; what ended the engine or took the page away cannot be dismissed. */
export function Message() {
  const { store, actions, engine, connection } = usePanel()
  const isSilent = store.connection.value.phase === 'silent'
  const failure = engine.failure.value
  const message = store.message.value
  return (
    <div aria-live="polite">
      {failure && (
        <p class="message bad" data-testid="engine-failure">
          The engine stopped: {failure}. What was stored is safe.
          <button type="button" onClick={() => location.reload()}>
            Start again
          </button>
        </p>
      )}
      {isSilent && (
        <p class="message" data-testid="silent">
          <span>
            {connection.again
              ? 'Another panel records this page now, or it has stopped. Nothing new arrives here.'
              : 'The page does not answer: another panel records it now, or it has stopped.'}
          </span>
          {connection.again && (
            <button type="button" data-testid="record-here" onClick={() => connection.again?.()}>
              Record it here
            </button>
          )}
        </p>
      )}
      {message && (
        <p class="message" data-testid="message">
          <span>
            {message.text}
            {message.where && <small data-testid="message-where"> — {message.where}</small>}
          </span>
          <button type="button" aria-label="Dismiss" onClick={() => actions.panel.dismissMessage()}>
            ✕
          </button>
        </p>
      )}
    </div>
  )
}
