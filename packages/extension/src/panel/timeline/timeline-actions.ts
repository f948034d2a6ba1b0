import type { PanelEngine } from '../connection/engine-client'
import type { FilterText } from '../state/actions/filter'
import type { MoveActions, SelectionActions } from '../state/actions/list'
import type { TimelineActions } from '../state/actions/timeline'
import { save } from '../state/saved'
import type { Store } from '../state/store'
import { LEAST_HEIGHT, MOST_HEIGHT } from '../state/timeline-store'
import { panned, rounded, type Span, xOf, zoomed } from '../state/timeline-window'

/** A stretch of fewer px is no stretch but a click. */
const LEAST_BRUSH = 4

interface TimelineNeeds {
  selection: Pick<SelectionActions, 'select'>
  moves: Pick<MoveActions, 'move'>
  filter: Pick<FilterText, 'setClauses'>
}

export function createTimelineActions(
  store: Store,
  engine: Pick<PanelEngine, 'view'>,
  { selection, moves, filter }: TimelineNeeds,
): TimelineActions {
  const { timeline } = store
  let seeking = false
  let wanted: number | undefined

  const keep = () => {
    const { open, height, lanes, kept } = timeline
    save({ timeline: { open: open.peek(), height: height.peek(), lanes: lanes.peek(), zoom: kept } })
  }
  const look = (span: Span | null) => {
    const { whole } = timeline
    const all = whole.peek()
    const next = span && span.to - span.from < (all.to - all.from) * 0.999 ? span : null
    timeline.zoom.value = next
    const session = store.shown.peek()?.id
    timeline.kept = next && session ? { session, ...next } : null
    keep()
  }
  /** Selects the event nearest to the last time asked for, one question at a time. */
  const seek = async (time: number) => {
    wanted = time
    if (seeking) return
    seeking = true
    try {
      while (wanted !== undefined) {
        const at: number = wanted
        wanted = undefined
        const view = store.view.peek()?.view ?? -1
        const seq = await engine.view.nearest(view, at)
        if (seq >= 0 && seq !== store.selected.peek()) selection.select(seq, true)
      }
    } finally {
      seeking = false
    }
  }

  const pan = (from: Span, by: number) => {
    if (!timeline.zoom.peek()) return
    timeline.follow.value = false
    look(panned(from, by, timeline.whole.peek()))
  }

  return {
    look,
    pan,
    zoomBy(factor, anchor) {
      timeline.follow.value = false
      const span = timeline.span.peek()
      look(zoomed(span, anchor ?? (span.from + span.to) / 2, factor, timeline.whole.peek()))
    },
    panBy(share) {
      const span = timeline.span.peek()
      pan(span, share * (span.to - span.from))
    },
    toggleFollow() {
      timeline.follow.value = !timeline.follow.peek()
      const { zoom, extent } = timeline
      const [span, all] = [zoom.peek(), extent.peek()]
      if (timeline.follow.peek() && span && all)
        look({ from: all.to - (span.to - span.from) * 0.95, to: all.to + (span.to - span.from) * 0.05 })
    },
    brush(a, b) {
      const span = timeline.span.peek()
      const width = timeline.width.peek()
      if (Math.abs(xOf(span, width, a) - xOf(span, width, b)) < LEAST_BRUSH) return
      const from = rounded(Math.min(a, b), span, width)
      const to = rounded(Math.max(a, b), span, width)
      filter.setClauses(
        ['after', 'before'],
        [{ any: [{ key: 'after', time: from }] }, { any: [{ key: 'before', time: to }] }],
      )
    },
    clearBrush: () => filter.setClauses(['after', 'before'], []),
    // EngineClient says so when the engine is gone.
    seek: time => void seek(time).catch(() => {}),
    drag(time) {
      timeline.dragged.value = time
      if (time !== null) void seek(time).catch(() => {})
    },
    step(time, way) {
      const before = store.selected.peek()
      void seek(time)
        .then(() => before >= 0 && before === store.selected.peek() && moves.move(way))
        .catch(() => {})
    },
    setOpen(open) {
      timeline.open.value = open
      keep()
    },
    setHeight(height) {
      timeline.height.value = Math.round(Math.min(MOST_HEIGHT, Math.max(LEAST_HEIGHT, height)))
      keep()
    },
    setWidth(width) {
      timeline.width.value = width
    },
    setLanes(lanes) {
      timeline.lanes.value = lanes
      keep()
    },
  }
}
