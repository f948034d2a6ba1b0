import type { Density, MatchDensity } from '@playhead/engine/contract/density'
import type { Phase } from '@playhead/shared/model/phases'
import type { Mark } from '@playhead/shared/model/session'
import { evenStep, type Span, ticksOf, xOf } from '../state/timeline-window'
import { visible } from '../widgets/format'
import { shortened } from '../widgets/shortened'
import { AXIS, BAND_HEIGHT, bandTop, LANE, type Layout } from './layout'
import type { Theme } from './theme'

/** All that the drawing depends on. */
export interface Picture {
  span: Span
  width: number
  layout: Layout
  density: Density | null
  /** What of it passes the filter: the rest is quiet. Null: nothing is told apart. */
  matches: MatchDensity | null
  /** Of each group: its place in the palette, and whether the filter hides it. */
  groups: readonly { colour: number; hidden: boolean }[]
  marks: readonly Mark[]
  phases: readonly Phase[]
  brush: Span | undefined
  playhead: number | undefined
  hover: number | undefined
  /** Epoch ms of session time 0, where times are those of the day. */
  started: number | undefined
  theme: Theme
}

const FONT = '10px system-ui, sans-serif'
/** px */
const LEAST_MATCH = 3

type Column = [bucket: number, x: number, wide: number]

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

/** Bucket edges in whole device pixels, so that neither seams nor blurred edges show. */
function* edges(
  { span, width }: Picture,
  density: Pick<Density, 'from' | 'to' | 'buckets'>,
  ratio: number,
): Generator<Column> {
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

function drawBars(context: CanvasRenderingContext2D, picture: Picture, density: Density, ratio: number): void {
  const { layout, groups, theme, matches } = picture
  const { errors } = density
  const columns = [...edges(picture, density, ratio)]
  const totals = columns.map(([bucket]) => totalOf(density, bucket))
  const most = totals.reduce((a, b) => Math.max(a, b), 0)
  if (most === 0) return
  const top = roomFor(most)
  const room = layout.barsEnd - layout.bars
  const stack = (of: Pick<Density, 'counts' | 'groups'>, columns: readonly Column[], least: number, quiet: boolean) => {
    const bottoms = new Float64Array(columns.length).fill(layout.barsEnd)
    const heights = columns.map(([bucket]) => {
      const tall = (totalOf(of, bucket) / top) * room
      return tall > 0 ? Math.max(1, least / tall) : 1
    })
    // Group by group: the canvas is slow at changing its colour.
    for (let group = 0; group < of.groups; group++) {
      const { colour, hidden } = groups[group] ?? { colour: -1, hidden: false }
      context.fillStyle = quiet ? theme.quiet : (theme.categories[colour] ?? theme.quiet)
      context.globalAlpha = quiet || hidden ? theme.dimmed : 1
      for (let i = 0; i < columns.length; i++) {
        const [bucket, x, wide] = columns[i] as Column
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
  // One among thousands is to be seen as well.
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

/** The height of the axis: somewhat more than the highest bar, in steps, so that it does not move with each event. */
function roomFor(most: number): number {
  const step = evenStep(most / 10)
  return Math.ceil(most / step) * step
}

/** Hatched, at least wide enough to be seen. */
function drawGaps(context: CanvasRenderingContext2D, { span, width, layout, theme }: Picture, density: Density): void {
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

function drawPhases(context: CanvasRenderingContext2D, { span, width, layout, phases, theme }: Picture): void {
  const ends = new Map<number, number>()
  for (const [i, { kind, name, from, to }] of phases.entries()) {
    const top = bandTop(layout, kind)
    if (top < 0 || to < span.from || from > span.to) continue
    const a = Math.max(0, Math.round(xOf(span, width, from)))
    const b = Math.min(width, Math.round(xOf(span, width, to)))
    // Many short ones fall onto the same pixel: one of them is drawn.
    if (b <= (ends.get(top) ?? -1)) continue
    ends.set(top, b)
    context.fillStyle = theme.quiet
    context.globalAlpha = i % 2 ? 0.2 : 0.12
    context.fillRect(a, top + 1, Math.max(1, b - a - 1), BAND_HEIGHT - 2)
    context.globalAlpha = 1
    context.fillStyle = theme.text
    write(context, name, a + 4, top + BAND_HEIGHT / 2, b - a - 6)
  }
}

function drawMarks(context: CanvasRenderingContext2D, { span, width, layout, marks, theme }: Picture): void {
  let free = -1
  for (const { time, kind, name } of marks) {
    if (bandTop(layout, kind) >= 0) continue
    const x = Math.round(xOf(span, width, time))
    if (x < 0 || x > width || x === free) continue
    context.fillStyle = theme.accent
    context.globalAlpha = 0.6
    // An artifact is a tick in the axis: an app may keep one at every turn.
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
    write(context, name, x + 4, layout.errors + 6, room)
    free = x + wide
  }
}

function drawLanes(context: CanvasRenderingContext2D, picture: Picture, density: Density, ratio: number): void {
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
    write(context, text, 4, top + LANE / 2 + 1, 140)
  }
}

/** What the filter leaves out is dimmed. */
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

/** As much of the text as there is room for. */
function write(context: CanvasRenderingContext2D, given: string, x: number, y: number, room: number): void {
  if (room < 8) return
  const text = shortened(visible(given.slice(0, 80)), room, part => context.measureText(part).width)
  if (text) context.fillText(text, x, y)
}
