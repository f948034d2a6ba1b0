import { usePanel } from '../state/context'
import { timeAt, timeLabel, xOf } from '../state/timeline-window'
import { clock, count } from '../widgets/format'
import { eventsAt, partsOf } from './describe'

/** What lies under the mouse, in words. `hover` is in px from the left edge; undefined where the mouse is not over the drawing. */
export function TimelineHint({ hover }: { hover: number | undefined }) {
  const { timeline, timeMode, shown } = usePanel().store
  const density = timeline.density.value
  const span = timeline.span.value
  const width = timeline.width.value
  if (hover === undefined || !density || width === 0) return null
  const time = timeAt(span, width, hover)
  const step = (density.to - density.from) / density.buckets
  const bucket = Math.floor((time - density.from) / step)
  const { groups } = density
  const byGroup = density.counts.subarray(bucket * groups, (bucket + 1) * groups)
  const events = byGroup.reduce((sum, more) => sum + more, 0)
  const gap = density.gaps.find(({ from, to }) => {
    return (
      hover >= xOf(span, width, from) - 2 && hover <= Math.max(xOf(span, width, to), xOf(span, width, from) + 4) + 2
    )
  })
  const matches = timeline.matches.value
  const matching = matches && eventsAt(matches, time)
  const errors = density.errors[bucket] ?? 0
  const lines = partsOf(byGroup, timeline.known.value.categories.list, 4).map(
    part => `${part.name} ${count(part.events)}`,
  )
  const rest = [errors > 0 && `${count(errors)} errors`, gap && `${count(gap.count)} missing`].filter(Boolean)
  return (
    <div class={`timeline-hint${hover > width / 2 ? ' left' : ''}`} style={{ left: `${hover}px` }} aria-hidden="true">
      <b>
        {timeMode.value === 'absolute'
          ? clock((shown.value?.started ?? 0) + time)
          : timeLabel(time, (span.to - span.from) / width)}
      </b>{' '}
      {matching !== null && `${count(matching)} of `}
      {count(events)} {events === 1 ? 'event' : 'events'}
      {lines.length > 0 && <div>{lines.join(' · ')}</div>}
      {rest.length > 0 && <div class="bad">{rest.join(' · ')}</div>}
    </div>
  )
}
