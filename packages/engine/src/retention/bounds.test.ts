import { describe, expect, it } from 'vitest'
import { Random } from '../testing/random'
import { type Kept, nextToGo, victims } from './bounds'

const NONE = { events: 0, bytes: 0, age: 0 }
const session = (id: string, rest: Partial<Kept> = {}): Kept => ({ id, events: 10, bytes: 100, updated: 0, ...rest })

describe('the bounds on all sessions together', () => {
  it('are kept by removing the oldest that may go, and no more than needed', () => {
    const random = new Random(42)
    for (let round = 0; round < 500; round++) {
      const now = 1000
      const sessions = Array.from({ length: random.whole(0, 12) }, (_, i) =>
        session(`s${i}`, {
          events: random.whole(0, 20),
          bytes: random.whole(0, 200),
          updated: random.whole(0, now),
          pinned: random.chance(0.2),
        }),
      )
      const bounds = {
        events: random.chance(0.3) ? 0 : random.whole(1, 100),
        bytes: random.chance(0.3) ? 0 : random.whole(1, 1000),
        age: random.chance(0.5) ? 0 : random.whole(1, now),
      }
      const stay = new Set(sessions.filter(() => random.chance(0.2)).map(({ id }) => id))
      const gone = victims(sessions, bounds, stay, now).map(({ id }) => id)
      const free = sessions
        .filter(({ id, pinned }) => !pinned && !stay.has(id))
        .sort((a, b) => a.updated - b.updated || (a.id < b.id ? -1 : 1))
      // The slow way: take the oldest away until nothing is over.
      const kept = new Set(sessions)
      const over = () => {
        const list = [...kept]
        const events = list.reduce((sum, one) => sum + one.events, 0)
        const bytes = list.reduce((sum, one) => sum + one.bytes, 0)
        return (bounds.events > 0 && events > bounds.events) || (bounds.bytes > 0 && bytes > bounds.bytes)
      }
      const expected: string[] = []
      for (const one of free) {
        if (!over() && !(bounds.age > 0 && now - one.updated > bounds.age)) break
        kept.delete(one)
        expected.push(one.id)
      }
      expect(gone).toEqual(expected)
    }
  })

  it('say which of them was passed', () => {
    const sessions = [session('old', { updated: 1 }), session('large', { updated: 60, bytes: 900 })]
    expect(victims(sessions, { ...NONE, age: 50 }, new Set(), 100)).toEqual([{ id: 'old', bound: 'age' }])
    expect(victims(sessions, { ...NONE, bytes: 950 }, new Set(), 100)).toEqual([{ id: 'old', bound: 'bytes' }])
    expect(victims(sessions, { ...NONE, events: 10 }, new Set(), 100)).toEqual([{ id: 'old', bound: 'events' }])
  })

  it('tell what goes next', () => {
    const live = session('live', { updated: 100, events: 50 })
    const old = session('old', { updated: 1 })
    const stay = new Set(['live'])
    const all = [old, live]
    expect(nextToGo(live, all, { session: NONE, total: NONE }, stay)).toBeNull()
    expect(nextToGo(live, all, { session: { ...NONE, events: 60 }, total: NONE }, stay)).toEqual({
      what: 'oldest events',
      id: 'live',
    })
    expect(nextToGo(live, all, { session: NONE, total: { ...NONE, bytes: 300 } }, stay)).toEqual({
      what: 'session',
      id: 'old',
    })
    const pinned = [session('old', { updated: 1, pinned: true }), live]
    expect(nextToGo(live, pinned, { session: NONE, total: { ...NONE, bytes: 300 } }, stay)).toBeNull()
  })
})
