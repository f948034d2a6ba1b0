import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  evenStep,
  following,
  grid,
  panned,
  rounded,
  type Span,
  ticksOf,
  timeAt,
  timeLabel,
  wholeOf,
  within,
  xOf,
  zoomed,
} from './timeline-window'

const span = fc
  .tuple(fc.double({ min: -1e4, max: 1e8, noNaN: true }), fc.double({ min: 0.1, max: 1e8, noNaN: true }))
  .map(([from, length]): Span => ({ from, to: from + length }))
const width = fc.integer({ min: 40, max: 4000 })
const share = fc.double({ min: 0, max: 1, noNaN: true })
const length = ({ from, to }: Span) => to - from

describe('time and pixels', () => {
  it('are each other’s inverse', () => {
    fc.assert(
      fc.property(span, width, share, (span, width, share) => {
        const x = share * width
        expect(xOf(span, width, timeAt(span, width, x))).toBeCloseTo(x, 3)
        expect(timeAt(span, width, 0)).toBeCloseTo(span.from, 9)
      }),
    )
  })

  it('stay inside what there is when zoomed and moved, and the point under the mouse stays', () => {
    fc.assert(
      fc.property(
        span,
        share,
        share,
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        fc.double({ min: -2, max: 2, noNaN: true }),
        (bounds, at, where, factor, by) => {
          const view = zoomed(bounds, bounds.from + at * length(bounds), 0.3, bounds)
          const anchor = view.from + where * length(view)
          const next = zoomed(view, anchor, factor, bounds)
          const moved = panned(next, by * length(next), bounds)
          const slack = 1e-6 * length(bounds) + 1e-6
          for (const one of [view, next, moved]) {
            expect(one.from).toBeGreaterThanOrEqual(bounds.from - slack)
            expect(one.to).toBeLessThanOrEqual(bounds.to + slack)
            expect(length(one)).toBeGreaterThan(0)
          }
          expect(Math.abs(length(moved) - length(next))).toBeLessThanOrEqual(slack)
          const free = next.from > bounds.from + slack && next.to < bounds.to - slack
          if (free) expect(Math.abs(xOf(next, 1000, anchor) - where * 1000)).toBeLessThan(1e-3 * 1000)
        },
      ),
    )
    expect(within({ from: -5, to: 5 }, { from: 0, to: 100 })).toEqual({ from: 0, to: 10 })
  })
})

describe('what is counted', () => {
  it('covers what is seen, in even parts that stand still while it moves', () => {
    fc.assert(
      fc.property(span, width, share, (span, width, by) => {
        const one = grid(span, width)
        const slack = 1e-9 * Math.max(Math.abs(span.from), Math.abs(span.to)) + 1e-9
        expect(one.from).toBeLessThanOrEqual(span.from + slack)
        expect(one.to).toBeGreaterThanOrEqual(span.to - slack)
        expect(one.buckets).toBeLessThanOrEqual(2000)
        const step = length(one) / one.buckets
        const other = grid({ from: span.from + by * length(span), to: span.to + by * length(span) }, width)
        expect(length(other) / other.buckets / step).toBeCloseTo(1, 6)
        const steps = (other.from - one.from) / step
        expect(Math.abs(steps - Math.round(steps))).toBeLessThan(1e-3)
      }),
    )
  })

  it('grows in few steps while events arrive, and always holds the last one', () => {
    const ends = new Set<number>()
    for (let last = 10_000; last < 20_000; last += 50) {
      const whole = wholeOf(3, last, true)
      expect(whole.to).toBeGreaterThanOrEqual(last)
      ends.add(whole.to)
    }
    expect(ends.size).toBeLessThan(25)
    expect(wholeOf(3, 10, false)).toEqual({ from: 3, to: 10 })
    expect(length(wholeOf(7, 7, true))).toBeGreaterThan(0)
  })

  it('follows the end at the same length', () => {
    let view: Span = { from: 0, to: 1000 }
    for (let last = 900; last < 5000; last += 37) {
      const next = following(view, last)
      expect(length(next)).toBeCloseTo(1000, 6)
      expect(next.to).toBeGreaterThanOrEqual(last)
      expect(next.from).toBeLessThanOrEqual(last)
      view = next
    }
  })
})

describe('the axis', () => {
  it('has ticks that are apart, inside, and told apart', () => {
    fc.assert(
      fc.property(
        span,
        width,
        fc.option(fc.constant(1_700_000_000_000), { nil: undefined }),
        (span, width, started) => {
          const ticks = ticksOf(span, width, started)
          for (const [i, { time }] of ticks.entries()) {
            expect(time).toBeGreaterThanOrEqual(span.from - 1e-6 * length(span))
            expect(time).toBeLessThanOrEqual(span.to + 1e-6 * length(span))
            const before = ticks[i - 1]
            if (before) expect(xOf(span, width, time) - xOf(span, width, before.time)).toBeGreaterThan(85)
          }
          if (started === undefined) expect(new Set(ticks.map(({ label }) => label)).size).toBe(ticks.length)
        },
      ),
    )
  })

  it.each([
    [12_500, 500, '12.5 s'],
    [0, 1000, '0 s'],
    [0.25, 0.05, '0.00025 s'],
    [59_999, 1, '59.999 s'],
    [59_999, 1000, '1:00'],
    [65_000, 5000, '1:05'],
    [3_661_250, 250, '1:01:01.3'],
    [-1500, 500, '−1.5 s'],
  ])('%d ms, told apart to %d ms, is %s', (time, grain, label) => expect(timeLabel(time, grain)).toBe(label))

  it('rounds to what a pixel can tell', () => {
    expect(rounded(1234.5678, { from: 0, to: 10_000 }, 1000)).toBe(1230)
    expect(rounded(1234.5678, { from: 1234, to: 1235 }, 1000)).toBe(1234.568)
    expect(evenStep(3)).toBe(5)
    expect(evenStep(5)).toBe(5)
    expect(evenStep(0.00011)).toBeCloseTo(0.0002, 9)
  })
})
