import { useEffect, useMemo } from 'preact/hooks'
import { usePanel } from '../state/context'
import { visible } from '../widgets/format'
import { waysOut } from './why-nothing'

const SNIPPET = `import { createRecorder } from '@playhead/sdk'
import { mittAdapter } from '@playhead/sdk/mitt'

const recorder = createRecorder({ name: 'my app' })
recorder.attach(mittAdapter(bus), { source: 'core' })`

/** What stands where the list would be: says why it is empty, and what to do. */
export function Placeholder() {
  const { store, actions, connection } = usePanel()
  const { phase, page, permission, message } = store.connection.value
  const view = store.view.value
  const filtered = store.filterText.value !== ''
  if (view && view.total > 0 && filtered) {
    return <NothingMatches total={view.total} done={view.done} />
  }
  if (store.session.value !== null) return <section class="placeholder">This session is empty.</section>
  if (phase === 'no-access') {
    return (
      <section class="placeholder" data-testid="no-access">
        <h2>Playhead may not look at this page yet</h2>
        {permission ? (
          <>
            <p>It starts with localhost only; every other site is allowed one by one.</p>
            <button type="button" data-testid="grant" onClick={() => connection.grant?.()}>
              Allow {permission}
            </button>
          </>
        ) : (
          <p>{page?.url || 'This page'} cannot be recorded. Open your app in this tab.</p>
        )}
      </section>
    )
  }
  if (phase === 'connected' && store.status.value?.recording === false) {
    return (
      <section class="placeholder" data-testid="not-recording">
        <h2>Recording is paused</h2>
        <p>What the page emits meanwhile is counted as missing.</p>
        <button type="button" data-testid="record-again" onClick={actions.sessions.toggleRecording}>
          Record
        </button>
      </section>
    )
  }
  if (phase === 'connected') {
    return (
      <section class="placeholder" data-testid="no-events">
        <h2>Connected</h2>
        <p>No event yet. Use the page.</p>
      </section>
    )
  }
  return (
    <section class="placeholder" data-testid="waiting">
      <h2>{phase === 'lost' ? 'The page cannot be reached' : 'No recorder in this page yet'}</h2>
      {phase === 'lost' && <p>{message}</p>}
      <p>Add the SDK to your app's event bus and reload:</p>
      <pre>{SNIPPET}</pre>
      <button type="button" onClick={() => void actions.panel.copyText(SNIPPET, 'Code')}>
        Copy
      </button>
    </section>
  )
}

/** Says that nothing matches, and offers filters near this one: with what may have been meant, and without each of its conditions. */
function NothingMatches({ total, done }: { total: number; done: boolean }) {
  const { store, actions } = usePanel()
  const session = store.shown.value?.id
  useEffect(() => actions.filter.load(true), [actions, session])
  const known = store.filter.vocabulary.value !== null
  const [text, seen] = [store.filterText.value, store.filter.seen.value]
  // Events that do not match go on arriving: the ways out stay what they are.
  const ways = useMemo(() => (done && known ? waysOut(text, seen) : []), [done, known, text, seen])
  return (
    <section class="placeholder" data-testid="nothing-matches">
      <h2>{done ? 'Nothing matches' : 'Searching…'}</h2>
      <p>None of {total.toLocaleString('en')} events fits the filter.</p>
      {ways.map(({ says, label, text }) => (
        <p key={label} class="way">
          {visible(says)}{' '}
          <button type="button" data-testid="way-out" onClick={() => actions.filter.setText(text)}>
            {visible(label)}
          </button>
        </p>
      ))}
      <button type="button" data-testid="clear-filter" onClick={() => actions.filter.setText('')}>
        Clear the filter
      </button>
    </section>
  )
}
