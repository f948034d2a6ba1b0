import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ScrollMap } from './scroll-map'

describe('the scroll map', () => {
  it('reaches every row of a list of any length, top and bottom', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000_000 }), fc.integer({ min: 20, max: 2000 }), (total, viewport) => {
        const map = new ScrollMap(total, 22, viewport)
        expect(map.height).toBeLessThanOrEqual(8_000_000)
        expect(map.topAt(0)).toBe(0)
        const end = map.window(map.topAt(map.height - viewport))
        expect(end.from + end.count).toBe(total)
      }),
      { seed: 7 },
    )
  })

  it('comes back to the row it was sent to', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 5_000_000 }), fc.nat(), (total, pick) => {
        const map = new ScrollMap(total, 22, 440)
        const top = Math.min(pick % total, map.lastTop)
        expect(Math.abs(map.topAt(map.scrollTopOf(top)) - top)).toBeLessThan(0.01)
      }),
      { seed: 8 },
    )
  })

  it('draws what fills the viewport and no more', () => {
    const map = new ScrollMap(1_000_000, 22, 440)
    expect(map.window(500.5)).toEqual({ from: 500, count: 21 })
    expect(new ScrollMap(3, 22, 440).window(0)).toEqual({ from: 0, count: 3 })
  })
})
