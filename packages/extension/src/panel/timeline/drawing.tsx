import { phasesOf } from '@playhead/shared/model/phases'
import { useComputed, useSignal, useSignalEffect } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { usePanel } from '../state/context'
import { drawnHeight } from '../state/timeline-store'
import { type Span, timeAt, timeLabel, xOf } from '../state/timeline-window'
import { clock, count } from '../widgets/format'
import { brushOf } from './brush'
import { describeTimeline, eventsAt, partsOf } from './describe'
import { drawTimeline, type Picture } from './draw'
import { listenToGestures } from './gestures'
import { layoutOf } from './layout'
import { shownCategories } from './legend-model'
import { onThemeChange, readTheme, type Theme } from './theme'

/** The canvas, and what mouse and keys do on it. */
export function TimelineDrawing() {
  const { store, actions } = usePanel()
  const act = actions.timeline
  const { timeline } = store
  const box = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const theme = useSignal<Theme | null>(null)
  const ratio = useSignal(devicePixelRatio)
  const room = useSignal(innerHeight)
  const hover = useSignal<number | undefined>(undefined)
  /** A stretch that is being drawn, not in the filter yet. */
  const draft = useSignal<Span | undefined>(undefined)

  const brush = useComputed(() => draft.value ?? brushOf(store.filterText.value))
  const playhead = useComputed(() => timeline.dragged.value ?? selectedTime())
  const phases = useComputed(() => {
    const session = store.shown.value
    return session ? phasesOf(session, timeline.extent.value?.to ?? 0) : []
  })
  const layout = useComputed(() =>
    layoutOf(drawnHeight(timeline.height.value, room.value), phases.value, timeline.density.value?.lanes.length ?? 0),
  )
  const groups = useComputed(() => {
    const { categories } = timeline.known.value
    const shown = shownCategories(store.filterText.value, categories)
    return categories.list.map(({ colour }, index) => ({ colour, hidden: shown[index] === 'none' }))
  })
  const summary = useComputed(() => {
    const density = timeline.density.value
    const { categories } = timeline.known.value
    return density ? describeTimeline(density, categories.list, timeline.span.value, timeline.matches.value) : ''
  })
  const selectedTime = () => {
    const detail = store.detail.value
    return detail && detail.seq === store.selected.value ? detail.time : undefined
  }

  useEffect(() => {
    const element = box.current
    if (!element) return
    const measure = () => {
      act.setWidth(element.clientWidth)
      ratio.value = devicePixelRatio
      room.value = innerHeight
    }
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    // Zooming the page changes the ratio, and always the size in CSS pixels.
    addEventListener('resize', measure)
    const readAgain = () => {
      theme.value = readTheme(element)
    }
    readAgain()
    const stopTheme = onThemeChange(readAgain)
    const stopGestures = listenToGestures(element, {
      span: () => timeline.span.peek(),
      width: () => timeline.width.peek(),
      brush: () => brush.peek(),
      playhead: () => playhead.peek(),
      brushing: stretch => {
        draft.value = stretch
      },
      brushed: act.brush,
      cleared: () => (brush.peek() ? act.clearBrush() : act.look(null)),
      seek: act.seek,
      dragging: time => act.drag(time ?? null),
      pan: act.pan,
      zoom: act.zoomBy,
      panBy: act.panBy,
      hover: x => {
        hover.value = x
      },
    })
    return () => {
      observer.disconnect()
      removeEventListener('resize', measure)
      stopTheme()
      stopGestures()
    }
  }, [act])

  const frame = useRef(0)
  useEffect(() => () => cancelAnimationFrame(frame.current), [])
  useSignalEffect(() => {
    const colours = theme.value
    const width = timeline.width.value
    if (!colours || width === 0) return
    const span = timeline.span.value
    const picture: Picture = {
      span,
      width,
      layout: layout.value,
      density: timeline.density.value,
      matches: timeline.matches.value,
      groups: groups.value,
      marks: store.shown.value?.marks ?? [],
      phases: phases.value,
      brush: brush.value,
      playhead: playhead.value,
      hover: hover.value === undefined ? undefined : timeAt(span, width, hover.value),
      started: store.timeMode.value === 'absolute' ? store.shown.value?.started : undefined,
      theme: colours,
    }
    const dots = ratio.value
    cancelAnimationFrame(frame.current)
    frame.current = requestAnimationFrame(() => {
      const element = canvas.current
      const context = element?.getContext('2d')
      if (!element || !context) return
      const [wide, tall] = [Math.round(width * dots), Math.round(picture.layout.height * dots)]
      if (element.width !== wide) element.width = wide
      if (element.height !== tall) element.height = tall
      drawTimeline(context, picture, dots)
    })
  })

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const span = timeline.span.peek()
    const length = span.to - span.from
    const at = playhead.peek()
    const middle = at !== undefined && at >= span.from && at <= span.to ? at : undefined
    const step = (share: number) => () => {
      const from = middle ?? span.from
      if (!event.shiftKey) act.step(from + share * length, share > 0 ? 1 : -1)
      else {
        const old = brush.peek()
        const first = old && Number.isFinite(old.from) ? old.from : from
        const last = (old && Number.isFinite(old.to) ? old.to : first) + share * length
        act.brush(first, last)
      }
    }
    const todo: Record<string, () => void> = {
      w: () => act.zoomBy(0.6, middle),
      s: () => act.zoomBy(1 / 0.6, middle),
      a: () => act.panBy(-0.15),
      d: () => act.panBy(0.15),
      '+': () => act.zoomBy(0.6, middle),
      '-': () => act.zoomBy(1 / 0.6, middle),
      '0': () => act.look(null),
      ArrowLeft: step(-0.02),
      ArrowRight: step(0.02),
      ArrowDown: step(-0.02),
      ArrowUp: step(0.02),
      Home: () => act.step(timeline.whole.peek().from, -1),
      End: () => act.step(timeline.whole.peek().to, 1),
      PageUp: step(-0.2),
      PageDown: step(0.2),
      Delete: act.clearBrush,
      Backspace: act.clearBrush,
    }
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
    if (!Object.hasOwn(todo, key)) return
    event.preventDefault()
    event.stopPropagation()
    todo[key]?.()
  }

  const span = timeline.span.value
  const now = playhead.value
  const grain = Math.max(0.001, (span.to - span.from) / Math.max(1, timeline.width.value))
  const detail = store.detail.value
  return (
    <div class="timeline-box">
      <div
        ref={box}
        class="timeline-drawing"
        role="slider"
        tabIndex={0}
        aria-label="Timeline: time of the selected event"
        aria-orientation="horizontal"
        aria-valuemin={span.from}
        aria-valuemax={span.to}
        aria-valuenow={Math.min(span.to, Math.max(span.from, now ?? span.from))}
        aria-valuetext={
          now === undefined
            ? 'nothing selected'
            : `${timeLabel(now, grain)}${detail ? `, #${detail.seq} ${detail.type}` : ''}`
        }
        aria-describedby="timeline-summary"
        data-testid="timeline"
        data-from={span.from}
        data-to={span.to}
        data-playhead={now ?? ''}
        style={{ height: `${layout.value.height}px` }}
        onKeyDown={onKeyDown}
      >
        <canvas ref={canvas} />
      </div>
      <Hint hover={hover.value} />
      <p id="timeline-summary" class="hidden" data-testid="timeline-summary">
        {summary.value} Keys: W and S zoom, A and D move, arrows move the playhead, with Shift they select a time.
      </p>
    </div>
  )
}

/** What lies under the mouse, in words. */
function Hint({ hover }: { hover: number | undefined }) {
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
