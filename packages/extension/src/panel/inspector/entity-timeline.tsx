import type { EntityPage } from '@playhead/engine/contract/event'
import { usePanel } from '../state/context'
import { count, visible } from '../widgets/format'

const LANE = 14

/** One lane a type, one dot an event or some that lie close together. What can be seen here the list says too. */
export function EntityTimeline({ page, time }: { page: EntityPage; time: number }) {
  const { store, actions } = usePanel()
  const { categories } = store.timeline.known.value
  const { dots, types, firstTime, lastTime } = page
  if (types.length === 0) return null
  const at = (when: number) => (lastTime > firstTime ? ((when - firstTime) / (lastTime - firstTime)) * 100 : 50)
  const height = types.length * LANE
  const inside = time >= firstTime && time <= lastTime
  return (
    <div class="entity-time" data-testid="entity-timeline">
      <ul class="lanes" aria-hidden="true">
        {types.map(({ name, count: events }) => (
          <li key={name} style={{ height: `${LANE}px` }} title={`${visible(name) || 'other types'}: ${count(events)}`}>
            {visible(name) || 'others'}
          </li>
        ))}
      </ul>
      <svg
        height={height}
        role="img"
        aria-label={`When they happened: ${types.map(({ name, count: events }) => `${count(events)} ${visible(name) || 'others'}`).join(', ')}`}
      >
        {types.map(({ name }, lane) => (
          <line key={name} class="track" x1="0" x2="100%" y1={(lane + 0.5) * LANE} y2={(lane + 0.5) * LANE} />
        ))}
        {inside && <line class="now" x1={`${at(time)}%`} x2={`${at(time)}%`} y1="0" y2={height} />}
        {dots.map(({ lane, time: when, seq, count: events }) => (
          <circle
            key={seq}
            cx={`${at(when)}%`}
            cy={(lane + 0.5) * LANE}
            r={events > 1 ? Math.min(6, 3 + Math.log2(events) / 2) : 3}
            style={{ fill: `var(--category-${categories.of(types[lane]?.name ?? '').colour})` }}
            data-seq={seq}
            onClick={() => actions.selection.select(seq, true)}
          >
            <title>{`${visible(types[lane]?.name ?? '') || 'others'} #${seq}${events > 1 ? ` and ${count(events - 1)} more` : ''}`}</title>
          </circle>
        ))}
      </svg>
    </div>
  )
}
