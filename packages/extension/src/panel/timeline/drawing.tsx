import { phasesOf } from '@playhead/shared/model/phases'
import { useComputed, useSignal, useSignalEffect } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { usePanel } from '../state/context'
import { drawnHeight } from '../state/timeline-store'
import { type Span, timeAt, timeLabel } from '../state/timeline-window'
import { brushOf } from './brush'
import { describeTimeline } from './describe'
import { drawTimeline } from './draw'
import { listenToGestures } from './gestures'
import { TimelineHint } from './hint'
import { extended, timelineMove } from './keys'
import { layoutOf } from './layout'
import { shownCategories } from './legend-model'
import type { Picture } from './picture'
import { onThemeChange, readTheme, type Theme } from './theme'

/** The canvas on which the timeline is drawn, and what mouse and keys do on it. */
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
  /** The stretch that a drag is drawing: it is not in the filter yet. */
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
    // Zooming the page changes the ratio of pixels; it always changes the window's size in CSS pixels, of which this tells.
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
    const move = timelineMove(event)
    if (!move) return
    event.preventDefault()
    event.stopPropagation()
    const span = timeline.span.peek()
    const { from: first, to: last } = timeline.whole.peek()
    const length = span.to - span.from
    const at = playhead.peek()
    const middle = at !== undefined && at >= span.from && at <= span.to ? at : undefined
    const from = middle ?? span.from
    if (move === 'all') act.look(null)
    else if (move === 'clear') act.clearBrush()
    else if ('zoom' in move) act.zoomBy(move.zoom, middle)
    else if ('pan' in move) act.panBy(move.pan)
    else if ('step' in move) act.step(from + move.step * length, move.step > 0 ? 1 : -1)
    else if ('to' in move) act.step(move.to === 'first' ? first : last, move.to === 'first' ? -1 : 1)
    else {
      const stretch = extended(brush.peek(), from, move.extend * length)
      act.brush(stretch.from, stretch.to)
    }
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
      <TimelineHint hover={hover.value} />
      <p id="timeline-summary" class="hidden" data-testid="timeline-summary">
        {summary.value} Keys: W and S zoom, A and D move, arrows move the playhead, with Shift they select a time.
      </p>
    </div>
  )
}
