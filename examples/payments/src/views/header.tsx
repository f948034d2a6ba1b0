import type { Commands } from '../app'
import type { State } from '../model/types'
import { RUNNING, speedLabel } from './format'

export function Header({ state, commands }: { state: State; commands: Commands }) {
  const { ticksPerDay } = state.config
  const { speed, resume } = state.clock
  const paused = speed === 0
  const tickOfDay = state.tick === 0 ? 0 : ((state.tick - 1) % ticksPerDay) + 1
  return (
    <header>
      <h1>Payments</h1>
      <p class="moment">
        <span>
          Day <b data-testid="day">{state.day}</b>
        </span>
        <span title={`Tick ${state.tick} since the start`}>
          Tick{' '}
          <b data-testid="tick" data-tick={state.tick}>
            {tickOfDay}
          </b>
          <span class="quiet"> / {ticksPerDay}</span>
        </span>
        <progress max={ticksPerDay} value={tickOfDay} aria-label="Progress of the day" />
      </p>
      <div class="transport">
        <button type="button" class="main" data-testid="pause" onClick={() => commands.setSpeed(paused ? resume : 0)}>
          {paused ? 'Resume' : 'Pause'}
        </button>
        <button type="button" data-testid="step" title="One tick" onClick={commands.step}>
          Step
        </button>
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as one row everywhere */}
        <div class="speeds" role="group" aria-label="Speed, ticks a second">
          {RUNNING.map(choice => (
            <button
              type="button"
              key={choice}
              data-testid={`speed-${choice}`}
              aria-pressed={speed === choice}
              title={choice === 'max' ? 'As fast as the page allows' : `${choice} ticks a second`}
              onClick={() => commands.setSpeed(choice)}
            >
              {speedLabel(choice)}
            </button>
          ))}
        </div>
      </div>
    </header>
  )
}
