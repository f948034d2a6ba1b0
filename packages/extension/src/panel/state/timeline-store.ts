import type { Density, DensityRequest, MatchDensity } from '@playhead/engine/contract/density'
import type { EngineStatus } from '@playhead/engine/contract/status'
import type { SessionInfo } from '@playhead/shared/model/session'
import { computed, type ReadonlySignal, signal } from '@preact/signals'
import { Categories } from './category'
import { type Span, wholeOf } from './timeline-window'

/** How the timeline is set up; it survives a reload of the panel. */
export interface TimelineSettings {
  open: boolean
  /** Height of the density alone, in px. */
  height: number
  lanes: DensityRequest['lanes']
  /** The stretch that is zoomed to, of this session; null where all of it is shown. */
  zoom: (Span & { session: string }) | null
}

export const LEAST_HEIGHT = 40
export const MOST_HEIGHT = 320
const STANDARD_HEIGHT = 72
/** A window lower than so many px has room for few rows, as that of DevTools at the bottom has. */
const LOW = 420

/** Height to draw in px: what the user has set, or the least there is in a low window. A window of 0 px has no size yet. */
export function drawnHeight(height: number, window: number): number {
  return height === STANDARD_HEIGHT && window > 0 && window < LOW ? LEAST_HEIGHT : height
}

/** Reads the settings from storage, whatever it holds. */
export function timelineFrom(stored: unknown): TimelineSettings {
  const { open, height, lanes, zoom } = fields(stored)
  const { session, from, to } = fields(zoom)
  const isZoom =
    typeof session === 'string' && Number.isFinite(from) && Number.isFinite(to) && Number(to) > Number(from)
  return {
    open: open !== false,
    height:
      typeof height === 'number' && height >= LEAST_HEIGHT && height <= MOST_HEIGHT
        ? Math.round(height)
        : STANDARD_HEIGHT,
    lanes: lanes === 'producer' || lanes === 'source' ? lanes : 'none',
    zoom: isZoom ? { session, from: Number(from), to: Number(to) } : null,
  }
}

/** What the timeline and the legend show. `timeline/timeline-actions.ts` and `timeline/feed.ts` write it. */
export function createTimelineStore(
  settings: TimelineSettings,
  shown: ReadonlySignal<SessionInfo | null>,
  status: ReadonlySignal<EngineStatus | null>,
) {
  /** Time of the session's first and last event; null while nothing is known. */
  const extent = signal<Span | null>(null)
  const zoom = signal<Span | null>(null)
  const growing = computed(() => {
    const session = shown.value
    return session !== null && !session.ended && session.id === status.value?.session?.id
  })
  let before: Span | undefined
  const whole = computed<Span>(() => {
    const { from, to } = extent.value ?? { from: 0, to: 1 }
    const next = wholeOf(from, to, growing.value)
    // An equal span stays the same object, so that what reads it does not run for every event.
    before = before && before.from === next.from && before.to === next.to ? before : next
    return before
  })
  return {
    open: signal(settings.open),
    height: signal(settings.height),
    lanes: signal(settings.lanes),
    /** The stretch to come back to when its session is shown again. Nothing is drawn by it, so that it is no signal. */
    kept: settings.zoom,
    /** Width of the drawing, in px. */
    width: signal(0),
    /** The categories, in an object of their own: when some were added, a new object tells so. */
    known: signal({ categories: new Categories() }),
    density: signal<Density | null>(null),
    /** What of the density passes the filter; null where categories and stretch alone say it. */
    matches: signal<MatchDensity | null>(null),
    extent,
    growing,
    whole,
    /** The stretch that is zoomed to; null where all of the session is shown. */
    zoom,
    span: computed<Span>(() => zoom.value ?? whole.value),
    /** The stretch that is zoomed to goes along with what arrives. */
    follow: signal(false),
    /** The time that the playhead is dragged to; null where it is not dragged. */
    dragged: signal<number | null>(null),
  }
}

export type TimelineStore = ReturnType<typeof createTimelineStore>

function fields(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}
