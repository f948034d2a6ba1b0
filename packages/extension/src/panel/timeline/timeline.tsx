import { useComputed } from '@preact/signals'
import { usePanel } from '../state/context'
import { LEAST_HEIGHT, MOST_HEIGHT } from '../state/timeline-store'
import { brushOf, isStretch } from './brush'
import { TimelineDrawing } from './drawing'
import { Legend } from './legend'

/** The session over time, with the legend of its colours; nothing where there are no events. */
export function Timeline() {
  const { store, actions } = usePanel()
  const act = actions.timeline
  const isEmpty = useComputed(() => (store.view.value?.total ?? 0) === 0)
  if (isEmpty.value) return null
  const open = store.timeline.open.value
  return (
    <section class="timeline" aria-label="Timeline">
      <div class="timeline-bar">
        <button
          type="button"
          class="icon"
          data-testid="timeline-toggle"
          aria-expanded={open}
          aria-label="Timeline"
          title={open ? 'Fold the timeline' : 'Show the timeline'}
          onClick={() => act.setOpen(!open)}
        >
          {open ? '▾' : '▸'}
        </button>
        <Legend />
        {open && <Controls />}
      </div>
      {open && <TimelineDrawing />}
      {open && <Resize />}
    </section>
  )
}

function Controls() {
  const { store, actions } = usePanel()
  const act = actions.timeline
  const { zoom, follow, growing, lanes } = store.timeline
  const brush = brushOf(store.filterText.value)
  return (
    <div class="timeline-controls">
      {isStretch(brush) && (
        <button
          type="button"
          data-testid="timeline-to-brush"
          onClick={() => act.look(brush)}
          title="Zoom to the selected time"
        >
          Zoom to it
        </button>
      )}
      {zoom.value && growing.value && (
        <button
          type="button"
          data-testid="timeline-follow"
          aria-pressed={follow.value}
          title="Go along with what arrives"
          onClick={act.toggleFollow}
        >
          Follow
        </button>
      )}
      {zoom.value && (
        <button
          type="button"
          data-testid="timeline-whole"
          title="Show all of the session"
          onClick={() => act.look(null)}
        >
          All
        </button>
      )}
      <select
        aria-label="Lanes"
        title="A row for each producer or source"
        data-testid="timeline-lanes"
        value={lanes.value}
        onChange={event => act.setLanes(event.currentTarget.value as 'none' | 'producer' | 'source')}
      >
        <option value="none">No lanes</option>
        <option value="producer">By producer</option>
        <option value="source">By source</option>
      </select>
    </div>
  )
}

/** The lower edge of the timeline: dragging it, or the arrow keys, change the height. */
function Resize() {
  const { store, actions } = usePanel()
  const act = actions.timeline
  const { height } = store.timeline
  const start = (event: PointerEvent) => {
    const handle = event.currentTarget as HTMLElement
    const from = height.peek() - event.clientY
    handle.setPointerCapture(event.pointerId)
    const move = (at: PointerEvent) => act.setHeight(from + at.clientY)
    const stop = () => {
      handle.removeEventListener('pointermove', move)
      handle.removeEventListener('pointerup', stop)
      handle.removeEventListener('pointercancel', stop)
    }
    handle.addEventListener('pointermove', move)
    handle.addEventListener('pointerup', stop)
    handle.addEventListener('pointercancel', stop)
  }
  return (
    <div
      class="timeline-resize"
      role="separator"
      aria-orientation="horizontal"
      aria-label="Height of the timeline"
      aria-valuemin={LEAST_HEIGHT}
      aria-valuemax={MOST_HEIGHT}
      aria-valuenow={height.value}
      tabIndex={0}
      data-testid="timeline-resize"
      onPointerDown={start}
      onKeyDown={event => {
        const by = { PageUp: -40, PageDown: 40, ArrowUp: -8, ArrowDown: 8, '-': -8, '+': 8 }[event.key]
        if (!by) return
        event.preventDefault()
        event.stopPropagation()
        act.setHeight(height.peek() + by)
      }}
    />
  )
}
