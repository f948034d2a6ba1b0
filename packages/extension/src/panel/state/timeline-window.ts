/** A stretch of session time, ms. */
export interface Span {
  from: number
  to: number
}

/** The shortest stretch that can be zoomed to, in ms. */
const LEAST = 0.05

export function xOf({ from, to }: Span, width: number, time: number): number {
  return ((time - from) / (to - from)) * width
}

export function timeAt({ from, to }: Span, width: number, x: number): number {
  return from + (x / Math.max(1, width)) * (to - from)
}

/** Makes the span of a whole session, with some room at its end while it grows: the end then moves in few, even steps. */
export function wholeOf(first: number, last: number, growing: boolean): Span {
  const length = Math.max(1, last - first)
  if (!growing) return { from: first, to: first + length }
  const step = evenStep(length / 16)
  return { from: first, to: Math.ceil((first + length + step / 4) / step) * step }
}

/** Zooms a span: a `factor` below 1 looks more closely; the time at `anchor` stays where it is, and `bounds` are kept. */
export function zoomed(span: Span, anchor: number, factor: number, bounds: Span): Span {
  const length = Math.min(bounds.to - bounds.from, Math.max(LEAST, (span.to - span.from) * factor))
  const share = (anchor - span.from) / (span.to - span.from)
  return within({ from: anchor - length * share, to: anchor + length * (1 - share) }, bounds)
}

export function panned({ from, to }: Span, by: number, bounds: Span): Span {
  return within({ from: from + by, to: to + by }, bounds)
}

/** Moves the stretch into the bounds without shortening it; one that does not fit becomes the bounds. */
export function within({ from, to }: Span, bounds: Span): Span {
  const length = to - from
  if (length >= bounds.to - bounds.from) return bounds
  if (from < bounds.from) return { from: bounds.from, to: bounds.from + length }
  if (to > bounds.to) return { from: bounds.to - length, to: bounds.to }
  return { from, to }
}

/** Moves a span in steps of a tenth of its length, so that `last` lies in its last tenth. */
export function following({ from, to }: Span, last: number): Span {
  const length = to - from
  if (last <= to && last >= from) return { from, to }
  const step = length / 10
  const end = Math.ceil((last + step / 2) / step) * step
  return { from: end - length, to: end }
}

/** The stretch to count, and in how many parts: a bit more than what is seen, in parts that stand still while it moves. */
export function grid({ from, to }: Span, width: number, most = 2000): Span & { buckets: number } {
  const wanted = Math.min(most / 2, Math.max(1, Math.floor(width / 3)))
  const step = evenStep((to - from) / wanted)
  const first = Math.floor(from / step)
  const last = Math.max(first + 1, Math.ceil(to / step))
  return { from: first * step, to: last * step, buckets: last - first }
}

/** The least of 1, 2, 5 × 10ⁿ that is not below `least`. */
export function evenStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least))
  const found = [1, 2, 5, 10].find(factor => factor * power >= least * (1 - 1e-9)) ?? 10
  return found * power
}

export interface Tick {
  time: number
  label: string
}

/** Times to write on the axis, about every `every` px; after the start, or (`started`: epoch ms) of the day. */
export function ticksOf({ from, to }: Span, width: number, started: number | undefined, every = 90): Tick[] {
  const least = ((to - from) * every) / Math.max(1, width)
  const step = stepOfClock(least)
  const zone = started === undefined ? 0 : started - new Date(started).getTimezoneOffset() * 60_000
  // Ticks are at even times of the day; the shift is small, because the digits of an epoch would cost precision.
  const shift = ((zone % step) + step) % step
  const ticks: Tick[] = []
  for (let k = Math.ceil((from + shift) / step); k * step - shift <= to && ticks.length < 200; k++) {
    const time = k * step - shift
    ticks.push({ time, label: started === undefined ? timeLabel(time, step) : clockLabel(started + time, step) })
  }
  return ticks
}

function stepOfClock(least: number): number {
  if (least <= 1000) return evenStep(least)
  const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21_600, 43_200, 86_400]
  return (steps.find(step => step * 1000 >= least) ?? Math.ceil(least / 86_400_000) * 86_400) * 1000
}

/** `12.5 s`, `1:05:30`, with as many digits as the grain (ms) needs. */
export function timeLabel(time: number, grain: number): string {
  const digits = digitsOf(grain)
  const sign = time < 0 ? '−' : ''
  const rounded = Number(Math.abs(time / 1000).toFixed(digits))
  if (rounded < 60) return `${sign}${rounded.toFixed(digits)} s`
  const hours = Math.floor(rounded / 3600)
  const minutes = Math.floor((rounded % 3600) / 60)
  const seconds = (rounded % 60).toFixed(digits).padStart(digits > 0 ? digits + 3 : 2, '0')
  return hours > 0 ? `${sign}${hours}:${String(minutes).padStart(2, '0')}:${seconds}` : `${sign}${minutes}:${seconds}`
}

function clockLabel(epoch: number, grain: number): string {
  const date = new Date(epoch)
  const pad = (value: number) => String(value).padStart(2, '0')
  const hours = `${pad(date.getHours())}:${pad(date.getMinutes())}`
  if (grain >= 60_000) return hours
  const digits = Math.min(3, digitsOf(grain))
  const rest = digits > 0 ? `.${String(date.getMilliseconds()).padStart(3, '0').slice(0, digits)}` : ''
  return `${hours}:${pad(date.getSeconds())}${rest}`
}

function digitsOf(grain: number): number {
  return Math.min(6, Math.max(0, -Math.floor(Math.log10(grain / 1000) + 1e-9)))
}

/** Rounds a time to what a pixel can tell, so that what is dragged reads well. */
export function rounded(time: number, span: Span, width: number): number {
  const grain = 10 ** Math.max(-3, Math.floor(Math.log10((span.to - span.from) / Math.max(1, width))))
  return Number((Math.round(time / grain) * grain).toFixed(3))
}
