import type { ReplayPlan } from '@playhead/engine/contract/replay'
import { useEffect, useState } from 'preact/hooks'
import { usePanel } from '../state/context'
import { count, duration, visible } from '../widgets/format'
import { cannotText, canStart, FIRST_CHOICES, requestOf, withConsequence } from './plan-choices'

/** Says what a replay will do and what it cannot, before it starts. */
export function ReplayDialog() {
  const { store, actions, engine } = usePanel()
  const [choices, setChoices] = useState(FIRST_CHOICES)
  const [speed, setSpeed] = useState(1)
  const [plan, setPlan] = useState<ReplayPlan | null>(null)
  const [problem, setProblem] = useState('')
  const { fromSelected, mode, consequences } = choices
  const selected = store.selected.value
  const session = store.shown.value?.id

  useEffect(() => {
    let current = true
    if (!session) {
      setProblem('There is no session.')
      return
    }
    setPlan(null)
    void engine.replay.plan(requestOf(session, selected, choices)).then(result => {
      if (!current) return
      setProblem(result.ok ? '' : result.message)
      setPlan(result.ok ? result.value : null)
    })
    return () => {
      current = false
    }
  }, [session, choices, selected])

  return (
    <div class="replay" data-testid="replay-dialog">
      <fieldset>
        <legend>From</legend>
        <Choice
          name="from"
          checked={!fromSelected}
          onPick={() => setChoices({ ...choices, fromSelected: false })}
          label="the start of the recording"
        />
        <Choice
          name="from"
          checked={fromSelected}
          disabled={selected < 0}
          onPick={() => setChoices({ ...choices, fromSelected: true })}
          label={selected < 0 ? 'the selected event (none is selected)' : `the selected event #${selected}`}
        />
      </fieldset>
      <fieldset>
        <legend>Emit</legend>
        <Choice
          name="mode"
          checked={mode === 'roots'}
          onPick={() => setChoices({ ...choices, mode: 'roots' })}
          label="roots: what came from outside; everything else must follow"
        />
        <Choice
          name="mode"
          checked={mode === 'all'}
          onPick={() => setChoices({ ...choices, mode: 'all' })}
          label="every recorded event (handlers may double them)"
        />
      </fieldset>
      <fieldset>
        <legend>Speed</legend>
        <Choice
          name="speed"
          checked={speed === 1}
          onPick={() => setSpeed(1)}
          label="as recorded"
          testId="replay-speed-1"
        />
        <Choice
          name="speed"
          checked={speed === 0}
          onPick={() => setSpeed(0)}
          label="as fast as possible"
          testId="replay-speed-fast"
        />
      </fieldset>
      {problem && <p class="bad">{problem}</p>}
      {plan && (
        <div data-testid="replay-plan">
          <p>
            {count(plan.steps)} events will be emitted and {count(plan.expectations)} are expected, over{' '}
            {duration(plan.duration) || '0 ms'}.{' '}
            {plan.keyframes.length > 0 ? `It starts from the recorded state of ${plan.keyframes.join(', ')}.` : ''}
          </p>
          {plan.warnings.map(warning => (
            <p key={warning} class="warn">
              {warning}
            </p>
          ))}
          {plan.cannot.map(part => (
            <p key={part.reason} class="warn" data-testid="replay-cannot">
              {count(part.count)} {cannotText(part, visible)}
            </p>
          ))}
          {plan.unknownRoots.length > 0 && (
            <details>
              <summary>{plan.unknownRoots.length} types whose cause is unknown count as roots</summary>
              {plan.unknownRoots.map(({ name, count: events }) => (
                <label key={name} class="choice">
                  <input
                    type="checkbox"
                    checked={consequences.includes(name)}
                    onChange={() => setChoices(withConsequence(choices, name))}
                  />
                  <span>{visible(name)} is a consequence</span>
                  <small>{count(events)}</small>
                </label>
              ))}
            </details>
          )}
        </div>
      )}
      <button
        type="button"
        class="primary"
        data-testid="replay-start"
        disabled={!canStart(plan)}
        onClick={() => canStart(plan) && void actions.replay.start(plan, speed)}
      >
        Start
      </button>
    </div>
  )
}

interface ChoiceProps {
  name: string
  label: string
  checked: boolean
  disabled?: boolean
  testId?: string
  onPick: () => void
}

function Choice({ name, label, checked, disabled, testId, onPick }: ChoiceProps) {
  return (
    <label class="choice">
      <input type="radio" name={name} checked={checked} disabled={disabled} data-testid={testId} onChange={onPick} />
      <span>{label}</span>
    </label>
  )
}
