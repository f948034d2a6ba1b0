import { termsFor } from '@playhead/shared/filter/edit'
import { usePanel } from '../state/context'

const SAY = {
  idle: 'Live',
  seeking: 'Going to the start…',
  playing: 'Replaying',
  paused: 'Paused',
  stepping: 'One step',
  done: 'The replay has ended; the page shows its final state',
  failed: 'The replay failed; the page is live again',
} as const

/** The bar of the replay that runs, or ran last: its state, its controls, what it found. */
export function ReplayBar() {
  const { store, actions } = usePanel()
  const replay = store.replay.value
  if (!replay) return null
  const { state, applied, total, skipped, divergence, outcome, reason } = replay
  const active = state === 'playing' || state === 'paused' || state === 'stepping' || state === 'seeking'
  return (
    <section class={`replay-bar strip ${state}`} aria-label="Replay">
      <span data-testid="replay-state" data-state={state} role="status">
        {SAY[state]}
      </span>
      {active && (
        <>
          {state === 'paused' ? (
            <button type="button" data-testid="replay-resume" onClick={() => actions.replay.control('resume')}>
              ▶ Go on
            </button>
          ) : (
            <button type="button" data-testid="replay-pause" onClick={() => actions.replay.control('pause')}>
              ❚❚ Pause
            </button>
          )}
          <button
            type="button"
            data-testid="replay-step"
            disabled={state !== 'paused'}
            onClick={() => actions.replay.control('step')}
          >
            ▶| Step
          </button>
          <button type="button" data-testid="replay-stop" onClick={() => actions.replay.control('stop')}>
            ■ Stop
          </button>
        </>
      )}
      {state === 'done' && (
        <button type="button" data-testid="replay-live" onClick={() => actions.replay.control('live')}>
          ● Back to live
        </button>
      )}
      <progress max={total || 1} value={applied} aria-label="Steps" />
      <span data-testid="replay-progress" data-value={applied}>
        {applied.toLocaleString('en')} of {total.toLocaleString('en')} steps
        {skipped > 0 && `, ${skipped} skipped`}
      </span>
      {reason && (
        <span class="bad" data-testid="replay-reason">
          {reason}
        </span>
      )}
      {divergence && (
        <button
          type="button"
          class="link bad"
          data-testid="replay-divergence"
          data-kind={divergence.kind}
          onClick={() =>
            actions.selection.select(divergence.recorded >= 0 ? divergence.recorded : divergence.replayed, true)
          }
        >
          Differs: {divergence.message}
        </button>
      )}
      {outcome && (
        <span data-testid="replay-outcome" data-equal={outcome.equal} class={outcome.equal ? 'good' : 'bad'}>
          {outcome.equal
            ? 'The state is the recorded one'
            : `The state differs in ${outcome.differences.length} places: ${outcome.differences[0]?.path} was ${outcome.differences[0]?.recorded}, is ${outcome.differences[0]?.replayed}`}
        </span>
      )}
      <TakeButton take={replay.take} />
      {state === 'idle' && (
        <button type="button" class="icon" aria-label="Close" onClick={() => actions.replay.dismiss()}>
          ✕
        </button>
      )}
    </section>
  )
}

/** A button that shows what the replay emits, in list and timeline, in place of the recording. */
function TakeButton({ take }: { take: number }) {
  const { store, actions } = usePanel()
  if (take <= 0) return null
  const isShown = termsFor(store.filterText.value, ['take']).some(term => term.take === take)
  return (
    <button
      type="button"
      data-testid="replay-take"
      aria-pressed={isShown}
      title={isShown ? 'Show the recording again' : 'Show the events of this replay instead of those recorded'}
      onClick={() => actions.filter.setClauses(['take'], isShown ? [] : [{ any: [{ key: 'take', take }] }])}
    >
      Its events
    </button>
  )
}
