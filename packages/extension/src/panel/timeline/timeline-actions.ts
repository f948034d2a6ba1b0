import { parseFilter } from '@playhead/shared/filter/parse'
import type { Actions } from '../app/actions'
import type { PanelEngine } from '../connection/engine-client'
import { save } from '../state/saved'
import type { Store } from '../state/store'
import { LEAST_HEIGHT, MOST_HEIGHT, type TimelineSettings } from '../state/timeline-store'
import { panned, rounded, type Span, xOf, zoomed } from '../state/timeline-window'

/** px of a stretch that is no brush but a click. */
export const LEAST_BRUSH = 4

/** What the user does with the timeline. */
export function createTimelineActions(store: Store, actions: Actions, engine: Pick<PanelEngine, 'view'>) {
  const { timeline } = store
  let seeking = false
  let wanted: number | undefined

  const keep = (change: Partial<TimelineSettings>) => {
    const { open, height, lanes, kept } = timeline
    const now = { open: open.peek(), height: height.peek(), lanes: lanes.peek(), zoom: kept, ...change }
    save({ timeline: now })
  }
  const look = (span: Span | null) => {
    const { whole } = timeline
    const all = whole.peek()
    const next = span && span.to - span.from < (all.to - all.from) * 0.999 ? span : null
    timeline.zoom.value = next
    const session = store.shown.peek()?.id
    timeline.kept = next && session ? { session, ...next } : null
    keep({})
  }
  /** The event nearest to the last time asked for, one question at a time. */
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
        if (seq >= 0 && seq !== store.selected.peek()) actions.select(seq, true)
      }
    } finally {
      seeking = false
    }
  }

  return {
    look,
    /** `factor` below 1: more closely, around this time. */
    zoomBy(factor: number, anchor?: number) {
      timeline.follow.value = false
      const span = timeline.span.peek()
      look(zoomed(span, anchor ?? (span.from + span.to) / 2, factor, timeline.whole.peek()))
    },
    /** By a share of what is seen. */
    panBy(share: number) {
      if (!timeline.zoom.peek()) return
      timeline.follow.value = false
      const span = timeline.span.peek()
      look(panned(span, share * (span.to - span.from), timeline.whole.peek()))
    },
    toggleFollow() {
      timeline.follow.value = !timeline.follow.peek()
      const { zoom, extent } = timeline
      const [span, all] = [zoom.peek(), extent.peek()]
      if (timeline.follow.peek() && span && all)
        look({ from: all.to - (span.to - span.from) * 0.95, to: all.to + (span.to - span.from) * 0.05 })
    },
    /** The filter shows what lies between; too little for a stretch changes nothing. */
    brush(a: number, b: number) {
      const span = timeline.span.peek()
      const width = timeline.width.peek()
      if (Math.abs(xOf(span, width, a) - xOf(span, width, b)) < LEAST_BRUSH) return
      const from = rounded(Math.min(a, b), span, width)
      const to = rounded(Math.max(a, b), span, width)
      actions.setClauses(
        ['after', 'before'],
        [{ any: [{ key: 'after', time: from }] }, { any: [{ key: 'before', time: to }] }],
      )
    },
    clearBrush: () => actions.setClauses(['after', 'before'], []),
    seek: (time: number) => void seek(time).catch(() => {}),
    /** To the event nearest to `time`, which lies that way; at least to the next one. */
    step(time: number, way: 1 | -1) {
      const before = store.selected.peek()
      void seek(time)
        .then(() => before >= 0 && before === store.selected.peek() && actions.move(way))
        .catch(() => {})
    },
    setOpen(open: boolean) {
      timeline.open.value = open
      keep({})
    },
    setHeight(height: number) {
      timeline.height.value = Math.round(Math.min(MOST_HEIGHT, Math.max(LEAST_HEIGHT, height)))
      keep({})
    },
    setLanes(lanes: TimelineSettings['lanes']) {
      timeline.lanes.value = lanes
      keep({})
    },
  }
}

export type TimelineActions = ReturnType<typeof createTimelineActions>

/** The stretch that the filter's text asks for; undefined: all of it. */
export function brushOf(text: string): Span | undefined {
  let from = Number.NEGATIVE_INFINITY
  let to = Number.POSITIVE_INFINITY
  for (const { not, any } of parseFilter(text).clauses) {
    const [only] = any
    if (not || any.length !== 1) continue
    if (only?.key === 'after') from = Math.max(from, only.time)
    if (only?.key === 'before') to = Math.min(to, only.time)
  }
  return from === Number.NEGATIVE_INFINITY && to === Number.POSITIVE_INFINITY ? undefined : { from, to }
}

/** It has a beginning and an end. */
export function isStretch(span: Span | undefined): span is Span {
  return span !== undefined && Number.isFinite(span.from) && Number.isFinite(span.to) && span.to > span.from
}
