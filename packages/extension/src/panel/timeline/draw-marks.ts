import { xOf } from '../state/timeline-window'
import { visible } from '../widgets/format'
import { drawText } from './draw-text'
import { AXIS, BAND_HEIGHT, bandTop } from './layout'
import type { Picture } from './picture'

/** Bands for what lasts: runs, days, trials, phases, turns. */
export function drawPhases(context: CanvasRenderingContext2D, { span, width, layout, phases, theme }: Picture): void {
  const ends = new Map<number, number>()
  for (const [i, { kind, name, from, to }] of phases.entries()) {
    const top = bandTop(layout, kind)
    if (top < 0 || to < span.from || from > span.to) continue
    const a = Math.max(0, Math.round(xOf(span, width, from)))
    const b = Math.min(width, Math.round(xOf(span, width, to)))
    // Of many short phases that fall onto the same pixel one is drawn.
    if (b <= (ends.get(top) ?? -1)) continue
    ends.set(top, b)
    context.fillStyle = theme.quiet
    context.globalAlpha = i % 2 ? 0.2 : 0.12
    context.fillRect(a, top + 1, Math.max(1, b - a - 1), BAND_HEIGHT - 2)
    context.globalAlpha = 1
    context.fillStyle = theme.text
    drawText(context, name, a + 4, top + BAND_HEIGHT / 2, b - a - 6)
  }
}

/** Lines for what is but a moment, with its name where there is room. */
export function drawMarks(context: CanvasRenderingContext2D, { span, width, layout, marks, theme }: Picture): void {
  let free = -1
  for (const { time, kind, name } of marks) {
    if (bandTop(layout, kind) >= 0) continue
    const x = Math.round(xOf(span, width, time))
    if (x < 0 || x > width || x === free) continue
    context.fillStyle = theme.accent
    context.globalAlpha = 0.6
    // An artifact is only a tick in the axis, because an app may keep one at every turn.
    context.fillRect(x, AXIS - 2, 1, kind === 'artifact' ? 4 : layout.height - AXIS + 2)
    context.globalAlpha = 1
    if (x < free || kind === 'artifact') continue
    const room = Math.min(120, width - x - 6)
    if (room < 12) continue
    const wide = Math.min(room, context.measureText(visible(name.slice(0, 80))).width) + 8
    context.globalAlpha = 0.9
    context.fillStyle = theme.background
    context.fillRect(x + 1, layout.errors, wide, 12)
    context.globalAlpha = 1
    context.fillStyle = theme.accent
    drawText(context, name, x + 4, layout.errors + 6, room)
    free = x + wide
  }
}
