import type { Span } from '../state/timeline-window'
import { timeAt, xOf } from '../state/timeline-window'
import { AXIS } from './layout'

/** What gestures read of the timeline, and what they do to it. Times are session times in ms. */
export interface GestureHandlers {
  span(): Span
  width(): number
  brush(): Span | undefined
  playhead(): number | undefined
  /** A stretch is being drawn; undefined when it is let go. */
  brushing(stretch: Span | undefined): void
  /** A stretch was drawn. */
  brushed(from: number, to: number): void
  /** A double click: no stretch, or all of the session. */
  cleared(): void
  seek(time: number): void
  /** The playhead is dragged to this time; undefined when it is let go. */
  dragging(time: number | undefined): void
  pan(from: Span, by: number): void
  zoom(factor: number, anchor: number): void
  panBy(share: number): void
  /** px from the left edge; undefined when the mouse leaves. */
  hover(x: number | undefined): void
}

/** A press within so many px of an edge or the playhead takes hold of it. */
const HOLD = 5
/** A second click within so many ms makes a double one. */
const DOUBLE = 240
/** A pointer that moves so many px drags; one that moves less clicks. */
const MOVED = 3

type Hold = 'playhead' | 'from' | 'to' | 'none'

/** Listens to mouse, pen and wheel over the drawing. Returns a function that ends it. */
export function listenToGestures(element: HTMLElement, handlers: GestureHandlers): () => void {
  let click: ReturnType<typeof setTimeout> | undefined
  const at = (event: MouseEvent) => {
    const box = element.getBoundingClientRect()
    return { x: Math.min(box.width, Math.max(0, event.clientX - box.left)), y: event.clientY - box.top }
  }
  const time = (x: number) => timeAt(handlers.span(), handlers.width(), x)

  const held = ({ x, y }: { x: number; y: number }): Hold => {
    const near = (moment: number | undefined) =>
      moment !== undefined && Math.abs(xOf(handlers.span(), handlers.width(), moment) - x) <= HOLD
    if (y < AXIS || near(handlers.playhead())) return 'playhead'
    const brush = handlers.brush()
    if (near(brush?.from)) return 'from'
    return near(brush?.to) ? 'to' : 'none'
  }

  const down = (event: PointerEvent) => {
    if (event.button > 1) return
    const start = at(event)
    const hold = event.button === 1 || event.shiftKey ? 'pan' : held(start)
    const before = handlers.span()
    const brush = handlers.brush()
    let moved = false
    element.setPointerCapture(event.pointerId)
    if (event.button === 1) event.preventDefault()
    const fixed = hold === 'from' ? brush?.to : hold === 'to' ? brush?.from : time(start.x)
    const stretch = (x: number): Span => {
      const end = time(x)
      const other = Number.isFinite(fixed) ? (fixed as number) : end
      return { from: Math.min(other, end), to: Math.max(other, end) }
    }
    const follow = (to: PointerEvent) => {
      const { x } = at(to)
      moved ||= Math.abs(x - start.x) >= MOVED
      if (!moved) return
      handlers.hover(undefined)
      if (hold === 'pan') handlers.pan(before, ((start.x - x) / handlers.width()) * (before.to - before.from))
      else if (hold === 'playhead') handlers.dragging(time(x))
      else handlers.brushing(stretch(x))
    }
    const stop = (to: PointerEvent) => {
      element.removeEventListener('pointermove', follow)
      element.removeEventListener('pointerup', stop)
      element.removeEventListener('pointercancel', stop)
      const { x } = at(to)
      handlers.brushing(undefined)
      if (to.type !== 'pointercancel') {
        if (!moved) clicked(x, hold === 'playhead' && start.y < AXIS)
        else if (hold === 'playhead') handlers.seek(time(x))
        else if (hold !== 'pan') {
          const { from, to: end } = stretch(x)
          handlers.brushed(from, end)
        }
      }
      handlers.dragging(undefined)
    }
    element.addEventListener('pointermove', follow)
    element.addEventListener('pointerup', stop)
    element.addEventListener('pointercancel', stop)
  }

  /** A click on the axis counts at once (`sure`); elsewhere it may be the first half of a double click. */
  const clicked = (x: number, sure: boolean) => {
    clearTimeout(click)
    const moment = time(x)
    if (sure) handlers.seek(moment)
    else click = setTimeout(() => handlers.seek(moment), DOUBLE)
  }
  const double = () => {
    clearTimeout(click)
    handlers.cleared()
  }

  const wheel = (event: WheelEvent) => {
    event.preventDefault()
    const scale = event.deltaMode === 1 ? 16 : event.deltaMode === 2 ? 200 : 1
    const sideways = event.shiftKey ? event.deltaY || event.deltaX : event.deltaX
    if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY))
      handlers.panBy((sideways * scale) / handlers.width())
    else handlers.zoom(Math.exp(event.deltaY * scale * 0.0022), time(at(event).x))
  }
  const move = (event: PointerEvent) => {
    if (event.buttons !== 0) return
    const point = at(event)
    element.dataset.hold = held(point)
    handlers.hover(point.x)
  }
  const leave = () => handlers.hover(undefined)

  element.addEventListener('pointerdown', down)
  element.addEventListener('dblclick', double)
  element.addEventListener('wheel', wheel, { passive: false })
  element.addEventListener('pointermove', move)
  element.addEventListener('pointerleave', leave)
  return () => {
    clearTimeout(click)
    element.removeEventListener('pointerdown', down)
    element.removeEventListener('dblclick', double)
    element.removeEventListener('wheel', wheel)
    element.removeEventListener('pointermove', move)
    element.removeEventListener('pointerleave', leave)
  }
}
