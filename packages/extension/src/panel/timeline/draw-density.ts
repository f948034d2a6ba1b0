import type { Density } from '@playhead/engine/contract/density'
import { evenStep, xOf } from '../state/timeline-window'
import { drawText } from './draw-text'
import { LANE } from './layout'
import type { Picture } from './picture'

/** px: a bar of events that pass the filter is no lower, so that one among thousands is seen. */
const LEAST_MATCH = 3

/** A bucket of the density as it is drawn: `x` and `wide` in CSS px, on whole device pixels. */
type BarColumn = [bucket: number, x: number, wide: number]

/** Lists the buckets in view with edges on whole device pixels, so that neither seams nor blurred edges show. */
function* edges(
  { span, width }: Picture,
  density: Pick<Density, 'from' | 'to' | 'buckets'>,
  ratio: number,
): Generator<BarColumn> {
  const step = (density.to - density.from) / density.buckets
  const first = Math.max(0, Math.floor((span.from - density.from) / step))
  const last = Math.min(density.buckets - 1, Math.ceil((span.to - density.from) / step))
  let x = Math.round(xOf(span, width, density.from + first * step) * ratio)
  for (let bucket = first; bucket <= last; bucket++) {
    const end = Math.round(xOf(span, width, density.from + (bucket + 1) * step) * ratio)
    if (end > x) yield [bucket, x / ratio, (end - x) / ratio]
    x = end
  }
}

/** Bars of categories on each other, the heat strip below them, ticks of errors above. */
export function drawBars(context: CanvasRenderingContext2D, picture: Picture, density: Density, ratio: number): void {
  const { layout, groups, theme, matches } = picture
  const { errors } = density
  const columns = [...edges(picture, density, ratio)]
  const totals = columns.map(([bucket]) => totalOf(density, bucket))
  const most = totals.reduce((a, b) => Math.max(a, b), 0)
  if (most === 0) return
  const top = roomFor(most)
  const room = layout.barsEnd - layout.bars
  const stack = (
    of: Pick<Density, 'counts' | 'groups'>,
    columns: readonly BarColumn[],
    least: number,
    quiet: boolean,
  ) => {
    const bottoms = new Float64Array(columns.length).fill(layout.barsEnd)
    const heights = columns.map(([bucket]) => {
      const tall = (totalOf(of, bucket) / top) * room
      return tall > 0 ? Math.max(1, least / tall) : 1
    })
    // Bars are drawn group by group, because a canvas is slow at changing its colour.
    for (let group = 0; group < of.groups; group++) {
      const { colour, hidden } = groups[group] ?? { colour: -1, hidden: false }
      context.fillStyle = quiet ? theme.quiet : (theme.categories[colour] ?? theme.quiet)
      context.globalAlpha = quiet || hidden ? theme.dimmed : 1
      for (let i = 0; i < columns.length; i++) {
        const [bucket, x, wide] = columns[i] as BarColumn
        const events = of.counts[bucket * of.groups + group] as number
        if (events === 0) continue
        const tall = Math.max(1 / ratio, (events / top) * room * (heights[i] as number))
        const bottom = bottoms[i] as number
        context.fillRect(x, bottom - tall, wide, tall)
        bottoms[i] = bottom - tall
      }
    }
  }
  stack(density, columns, 0, matches !== null)
  if (matches) stack(matches, [...edges(picture, matches, ratio)], LEAST_MATCH, false)
  context.fillStyle = theme.accent
  for (let i = 0; i < columns.length; i++) {
    if (totals[i] === 0) continue
    const [, x, wide] = columns[i] as [number, number, number]
    context.globalAlpha = 0.15 + 0.85 * Math.sqrt((totals[i] as number) / most)
    context.fillRect(x, layout.heat + 1, wide, 3)
  }
  context.globalAlpha = 1
  context.fillStyle = theme.bad
  let drawn = Number.NEGATIVE_INFINITY
  for (const [bucket, x] of columns) {
    if (errors[bucket] === 0 || x < drawn + 2) continue
    context.fillRect(x, layout.errors, 2, layout.bars - layout.errors - 1)
    drawn = x
  }
}

function totalOf({ counts, groups }: Pick<Density, 'counts' | 'groups'>, bucket: number): number {
  let sum = 0
  for (let at = bucket * groups; at < (bucket + 1) * groups; at++) sum += counts[at] as number
  return sum
}

/** Chooses how many events the full height stands for: somewhat more than the highest bar, in steps, so that it does not move with each event. */
function roomFor(most: number): number {
  const step = evenStep(most / 10)
  return Math.ceil(most / step) * step
}

/** Gaps are hatched, and at least 4 px wide, so that they are seen. */
export function drawGaps(
  context: CanvasRenderingContext2D,
  { span, width, layout, theme }: Picture,
  density: Density,
): void {
  context.strokeStyle = theme.gap
  context.lineWidth = 1
  let drawn = -1
  for (const { from, to } of density.gaps) {
    const a = Math.max(0, xOf(span, width, from))
    const b = Math.min(width, Math.max(xOf(span, width, to), a + 4))
    if (b < 0 || a > width || b <= drawn) continue
    const left = Math.max(a, drawn)
    drawn = b
    context.save()
    context.beginPath()
    context.rect(left, layout.bars, b - left, layout.barsEnd - layout.bars)
    context.globalAlpha = 0.14
    context.fillStyle = theme.gap
    context.fill()
    context.globalAlpha = 0.9
    context.clip()
    context.beginPath()
    const tall = layout.barsEnd - layout.bars
    for (let x = left - tall; x < b; x += 5) {
      context.moveTo(x, layout.barsEnd)
      context.lineTo(x + tall, layout.bars)
    }
    context.stroke()
    context.restore()
  }
}

/** A row of its own for each producer or source. */
export function drawLanes(context: CanvasRenderingContext2D, picture: Picture, density: Density, ratio: number): void {
  const { layout, width, theme } = picture
  const columns = [...edges(picture, density, ratio)]
  for (const [index, { name, others, counts }] of density.lanes.entries()) {
    const top = layout.lanes + index * LANE
    let most = 0
    for (const [bucket] of columns) most = Math.max(most, counts[bucket] as number)
    context.fillStyle = theme.line
    context.fillRect(0, top, width, 1)
    context.fillStyle = theme.accent
    context.globalAlpha = 0.7
    for (const [bucket, x, wide] of columns) {
      const events = counts[bucket] as number
      if (events === 0) continue
      const tall = Math.max(1, (events / most) * (LANE - 3))
      context.fillRect(x, top + LANE - tall, wide, tall)
    }
    const text = others > 0 ? `${others} more` : name || '(no name)'
    const wide = Math.min(140, context.measureText(text.slice(0, 60)).width)
    context.globalAlpha = 0.85
    context.fillStyle = theme.background
    context.fillRect(0, top + 1, wide + 8, LANE - 1)
    context.globalAlpha = 1
    context.fillStyle = theme.quiet
    drawText(context, text, 4, top + LANE / 2 + 1, 140)
  }
}
