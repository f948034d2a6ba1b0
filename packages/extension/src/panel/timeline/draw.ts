/*
 * Draws the timeline onto a canvas, from a Picture: a value that holds all the drawing depends on, so that the same picture is the same
 * drawing. `drawing.tsx` makes one whenever a signal it reads changes, and draws the last one in the next frame.
 *
 *     │0 s          │5 s     ▼    │10 s       axis: times, the playhead's handle                    drawAxis, drawPlayhead
 *     ├─ day 1 ─────┼─ day 2 ┼────┼──         bands: what lasts                                     drawPhases
 *     │    ╷     ╷  │        │    │ ╷         ticks: errors                                         drawBars
 *     │ ▂  █ ▃ ▂    │ ░░░▒▒▒▒▒▒▒░ │ ▃         bars: events by category, gaps hatched                drawBars, drawGaps
 *     │▒▒▓▓█▓▒▒▒▒▒▒▒│▒       │    │▒▒         heat: how many there are, whatever their category     drawBars
 *     │ ▂ ▃ ▂  ▂    │        │    │ ▂         lanes: one row each                                   drawLanes
 *
 * Where each row lies is `layout.ts`. Lengths are in CSS px; `ratio` is device pixels to one of them. What the filter leaves out is dimmed
 * in two ways: a stretch of time by a veil over everything (drawBrush), all else by drawing all events quietly and those that pass again
 * in their colours.
 */
import { ticksOf, xOf } from '../state/timeline-window'
import { drawBars, drawGaps, drawLanes } from './draw-density'
import { drawMarks, drawPhases } from './draw-marks'
import { AXIS } from './layout'
import type { Picture } from './picture'

const FONT = '10px system-ui, sans-serif'
export function drawTimeline(context: CanvasRenderingContext2D, picture: Picture, ratio: number): void {
  const { width, layout } = picture
  context.setTransform(ratio, 0, 0, ratio, 0, 0)
  context.clearRect(0, 0, width, layout.height)
  context.font = FONT
  context.textBaseline = 'middle'
  drawAxis(context, picture)
  drawPhases(context, picture)
  if (picture.density) {
    drawBars(context, picture, picture.density, ratio)
    drawGaps(context, picture, picture.density)
    drawLanes(context, picture, picture.density, ratio)
  }
  drawMarks(context, picture)
  drawBrush(context, picture)
  drawPlayhead(context, picture)
}

function drawAxis(context: CanvasRenderingContext2D, { span, width, layout, started, theme }: Picture): void {
  for (const { time, label } of ticksOf(span, width, started)) {
    const x = Math.round(xOf(span, width, time))
    context.fillStyle = theme.line
    context.fillRect(x, 2, 1, layout.height - 2)
    context.fillStyle = theme.quiet
    if (x + context.measureText(label).width < width - 2) context.fillText(label, x + 4, AXIS / 2)
  }
}

/** The veil over the times that the filter leaves out. */
function drawBrush(context: CanvasRenderingContext2D, { span, width, layout, brush, theme }: Picture): void {
  if (!brush) return
  const a = Math.min(width, Math.max(0, xOf(span, width, brush.from)))
  const b = Math.max(0, Math.min(width, xOf(span, width, brush.to)))
  const tall = layout.height - AXIS
  context.fillStyle = theme.background
  context.globalAlpha = 0.65
  context.fillRect(0, AXIS, a, tall)
  context.fillRect(b, AXIS, width - b, tall)
  context.fillStyle = theme.accent
  context.globalAlpha = 0.1
  if (b > a) context.fillRect(a, AXIS, b - a, tall)
  context.globalAlpha = 1
  for (const [x, time] of [
    [a, brush.from],
    [b, brush.to],
  ] as const) {
    if (time >= span.from && time <= span.to) context.fillRect(Math.round(x) - 0.5, AXIS, 1.5, tall)
  }
}

function drawPlayhead(
  context: CanvasRenderingContext2D,
  { span, width, layout, playhead, hover, theme }: Picture,
): void {
  if (hover !== undefined) {
    context.fillStyle = theme.quiet
    context.globalAlpha = 0.6
    context.fillRect(Math.round(xOf(span, width, hover)), AXIS, 1, layout.height - AXIS)
    context.globalAlpha = 1
  }
  if (playhead === undefined || playhead < span.from || playhead > span.to) return
  const x = Math.round(xOf(span, width, playhead))
  context.fillStyle = theme.accent
  context.fillRect(x - 0.75, 4, 1.5, layout.height - 4)
  context.beginPath()
  context.moveTo(x - 5.5, 2)
  context.lineTo(x + 5.5, 2)
  context.lineTo(x + 5.5, 7)
  context.lineTo(x, 13)
  context.lineTo(x - 5.5, 7)
  context.closePath()
  context.fill()
}
