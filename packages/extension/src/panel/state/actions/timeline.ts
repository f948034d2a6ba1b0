import type { TimelineSettings } from '../timeline-store'
import type { Span } from '../timeline-window'

/** What the user does with the timeline. Times are session times in ms. Implemented in `timeline/timeline-actions.ts`. */
export interface TimelineActions {
  /** Zooms to a stretch; null shows all of the session. */
  look(span: Span | null): void
  /** Zooms by a factor (below 1: closer); the time at `anchor` stays where it is, by default the middle. */
  zoomBy(factor: number, anchor?: number): void
  /** Moves the stretch by a share of its length. */
  panBy(share: number): void
  /** Moves to where `from` was plus `by`, as a drag does. */
  pan(from: Span, by: number): void
  toggleFollow(): void
  /** Lets the filter show what lies between; a stretch of less than 4 px changes nothing. */
  brush(a: number, b: number): void
  clearBrush(): void
  /** Selects the event nearest to this time. */
  seek(time: number): void
  /** Puts the playhead to where it is dragged; null lets go of it. */
  drag(time: number | null): void
  /** Selects the event nearest to `time`, which lies that way, and at least the next one. */
  step(time: number, way: 1 | -1): void
  setOpen(open: boolean): void
  /** `height` is that of the density alone, in px. */
  setHeight(height: number): void
  /** The drawing is so many px wide. */
  setWidth(width: number): void
  setLanes(lanes: TimelineSettings['lanes']): void
}
