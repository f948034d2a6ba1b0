import { describe, expect, it } from 'vitest'
import { FollowLag } from './follow-lag'

describe('a list that follows', () => {
  it('is drawn where its rows are, and goes on with what arrives however far behind that is', () => {
    const lag = new FollowLag()
    const here = new Set<number>()
    const at = (wanted: number, view = 1) => lag.place(view, wanted, position => here.has(position))
    expect(at(10)).toBe(10)
    expect(at(20)).toBe(10)
    expect(at(30)).toBe(10)
    here.add(20)
    expect(at(40)).toBe(20)
    expect(at(50)).toBe(20)
    here.add(40)
    expect(at(60)).toBe(40)
    here.add(60)
    expect(at(60)).toBe(60)
  })

  it('does not wait in another view, for what was taken away, or after it stood still', () => {
    const lag = new FollowLag()
    const nothing = () => false
    expect(lag.place(1, 100, nothing)).toBe(100)
    expect(lag.place(1, 110, nothing)).toBe(100)
    expect(lag.place(1, 50, nothing)).toBe(50)
    expect(lag.place(2, 70, nothing)).toBe(70)
    lag.forget()
    expect(lag.place(2, 90, nothing)).toBe(90)
  })
})
