import { describe, expect, it } from 'vitest'
import { NewEvents } from './new-events'

describe('new events of a list', () => {
  const list = (view: number, matched: number, done = true) => ({ view, matched, done })

  it('are those since it stopped following', () => {
    const events = new NewEvents()
    expect(events.count(list(1, 100), true)).toBe(0)
    expect(events.count(list(1, 120), true)).toBe(0)
    expect(events.count(list(1, 120), false)).toBe(0)
    expect(events.count(list(1, 125), false)).toBe(5)
    // What arrives is tested in slices.
    expect(events.count(list(1, 130, false), false)).toBe(10)
    expect(events.count(list(1, 130), true)).toBe(0)
    expect(events.count(list(1, 131), false)).toBe(1)
  })

  it('are none of those that another filter finds', () => {
    const events = new NewEvents()
    events.count(list(1, 4), true)
    expect(events.count(list(2, 300, false), false)).toBe(0)
    expect(events.count(list(2, 680), false)).toBe(0)
    expect(events.count(list(2, 683), false)).toBe(3)
    expect(events.count(list(3, 2), false)).toBe(0)
  })

  it('are never less than none, whatever is evicted', () => {
    const events = new NewEvents()
    events.count(list(1, 100), true)
    expect(events.count(list(1, 60), false)).toBe(0)
  })
})
