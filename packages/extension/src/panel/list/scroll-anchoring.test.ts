import type { Row } from '@playhead/engine/contract/view'
import { Random } from '@playhead/engine/testing/random'
import { describe, expect, it } from 'vitest'
import {
  type Extent,
  held,
  movedTo,
  NO_ANCHOR,
  newestTop,
  reordered,
  type ScrollState,
  scrolled,
  settled,
} from './scroll-anchoring'

const ROWS = 10
const START: ScrollState = { top: 0, following: true, anchor: NO_ANCHOR, unheld: false }
const event = (seq: number) => ({ item: 'event', seq }) as Row
const gap = { item: 'gap' } as Row

/** A list of the engine's: seqs in order of time, of which the filter lets some through; every tenth row is a gap. */
class World {
  stored: number[] = []
  view = 1
  passes = (_: number) => true
  /** Rows of which nothing is known yet. */
  unknown = new Set<number>()
  selected = -1
  state = START

  constructor(readonly newestFirst: boolean) {}

  get listed(): number[] {
    const seqs = this.stored.filter(this.passes).sort((a, b) => a - b)
    return this.newestFirst ? seqs.reverse() : seqs
  }

  get extent(): Extent {
    return { rows: ROWS, lastTop: Math.max(0, this.listed.length - ROWS), byTime: true, newestFirst: this.newestFirst }
  }

  /** How many listed events stand before this one: its place, or that of what follows it where it is not listed. */
  placeOf(seq: number): number {
    return this.listed.filter(other => (this.newestFirst ? other > seq : other < seq)).length
  }

  rowAt(index: number): Row | undefined {
    const seq = this.listed[index]
    if (seq === undefined || this.unknown.has(index)) return undefined
    return seq % 10 === 0 ? gap : event(seq)
  }

  hold(isStill = false, preferred = this.selected): void {
    const { view } = this
    this.state = held(this.state, { rowAt: index => this.rowAt(index), view, rows: ROWS, preferred, isStill })
  }

  /** The panel hears of what changed, as its effects take it in. */
  hear(): void {
    const { seq } = this.state.anchor
    const status = { view: this.view, anchorSeq: seq, anchor: seq < 0 ? -1 : this.placeOf(seq) }
    this.state = settled(this.state, status, this.extent).state
    if (this.selected >= 0 && this.state.following) this.state = { ...this.state, following: false }
    if (this.selected >= 0) this.hold(true)
    if (this.state.unheld) this.hold()
  }
}

describe.each([
  ['the newest event last', false],
  ['the newest event first', true],
])('a list with %s', (_, newestFirst) => {
  it.each([1, 2, 3, 4, 5, 6])('keeps its anchor in place, or follows, whatever happens (seed %i)', seed => {
    const random = new Random(seed)
    const below = (most: number) => random.whole(0, most - 1)
    const world = new World(newestFirst)
    let next = 1000
    const changes: Record<string, () => void> = {
      'events arrive': () => {
        for (let i = below(15); i >= 0; i--) world.stored.push((next += 1 + below(3)))
      },
      'late events arrive among the others': () => {
        for (let i = below(5); i >= 0; i--) {
          const seq = below(next)
          if (!world.stored.includes(seq)) world.stored.push(seq)
        }
      },
      'the oldest events are evicted': () => {
        world.stored.sort((a, b) => a - b).splice(0, below(Math.max(1, world.stored.length - 60)))
      },
      'a filter is set': () => {
        const by = 1 + below(4)
        // The oldest and the newest pass: something stands on either side of every anchor.
        const ends = [Math.min(...world.stored), Math.max(...world.stored)]
        world.view++
        world.passes = seq => seq % by === 0 || ends.includes(seq)
      },
    }
    const moves: Record<string, () => void> = {
      'the user scrolls': () => {
        world.state = scrolled(world.state, random.next() * world.extent.lastTop, world.extent)
        world.hold()
      },
      'the user scrolls to rows that are not known': () => {
        world.unknown = new Set(world.listed.keys())
        world.state = scrolled(world.state, random.next() * world.extent.lastTop, world.extent)
        world.hold()
        world.unknown.clear()
        world.hear()
      },
      'an event in view is selected': () => {
        const { top } = world.state
        world.selected = world.listed[Math.ceil(top) + below(ROWS - 1)] ?? -1
        world.hear()
      },
      'no event is selected': () => {
        world.selected = -1
      },
      'the user goes to the newest': () => {
        world.selected = -1
        world.state = movedTo(world.state, newestTop(world.extent), world.extent, false)
        world.hold()
      },
    }
    changes['events arrive']?.()
    world.hear()
    const pick = (of: Record<string, () => void>) => random.pick(Object.entries(of))
    for (let step = 0; step < 400; step++) {
      const [move, go] = pick(moves)
      if (random.chance(0.3)) go()
      const { anchor, top, following, unheld } = world.state
      const place = world.placeOf(anchor.seq)
      const [change, happen] = pick(changes)
      happen()
      const { lastTop } = world.extent
      const wanted = following
        ? newestFirst
          ? 0
          : lastTop
        : Math.min(lastTop, Math.max(0, anchor.seq < 0 ? top : top + world.placeOf(anchor.seq) - place))
      world.hear()
      expect(world.state.top, `step ${step}: ${move}, then ${change}${unheld ? ', unheld' : ''}`).toBeCloseTo(wanted, 6)
    }
  })
})

describe('the anchor', () => {
  const rowAt = (index: number) => (index === 5 ? gap : event(100 + index))
  const of = (state: Partial<ScrollState>, preferred = -1, isStill = false) =>
    held({ ...START, following: false, ...state }, { rowAt, view: 3, rows: ROWS, preferred, isStill })

  it('is the first event that is in view as a whole', () => {
    expect(of({ top: 2 }).anchor).toEqual({ seq: 102, index: 2, view: 3 })
    expect(of({ top: 2.1 }).anchor.seq).toBe(103)
    expect(of({ top: 4.5 }).anchor.seq).toBe(106)
  })

  it('is the selected event where that is in view as a whole', () => {
    expect(of({ top: 2 }, 111).anchor.seq).toBe(111)
    expect(of({ top: 2 }, 112).anchor.seq).toBe(102)
    expect(of({ top: 2.1 }, 111).anchor.seq).toBe(111)
    expect(of({ top: 1.9 }, 111).anchor.seq).toBe(102)
  })

  it('is none while the list follows', () => {
    const anchor = { seq: 102, index: 2, view: 3 }
    expect(of({ top: 2, following: true, anchor }).anchor).toBe(NO_ANCHOR)
  })

  it('stays when nobody scrolled and it is the selected event, though other rows are known', () => {
    const state = { ...START, following: false, top: 2, anchor: { seq: 150, index: 50, view: 3 } }
    expect(of(state, 150, true)).toEqual(state)
    expect(of(state, 150, false).anchor.seq).toBe(102)
  })

  it('is waited for where no row is known, and let go of if the user went there', () => {
    const anchor = { seq: 150, index: 50, view: 3 }
    const state = { ...START, following: false, top: 2, anchor }
    const asked = { rowAt: () => undefined, view: 3, rows: ROWS, preferred: -1 }
    expect(held(state, { ...asked, isStill: false })).toEqual({ ...state, anchor: NO_ANCHOR, unheld: true })
    expect(held(state, { ...asked, isStill: true })).toEqual(state)
    expect(of({ top: 2, unheld: true }).unheld).toBe(false)
  })

  it('keeps the place of the last status while it stays the same event', () => {
    const anchor = { seq: 102, index: 40, view: 2 }
    expect(of({ top: 2, anchor }).anchor).toBe(anchor)
  })
})

describe('a status', () => {
  const extent: Extent = { rows: ROWS, lastTop: 1000, byTime: true, newestFirst: false }
  const state: ScrollState = { top: 100.25, following: false, anchor: { seq: 7, index: 104, view: 3 }, unheld: false }

  it('moves known rows along in the same view only', () => {
    const to = (view: number) => settled(state, { view, anchorSeq: 7, anchor: 109 }, extent)
    expect(to(3)).toEqual({ state: { ...state, top: 105.25, anchor: { seq: 7, index: 109, view: 3 } }, shift: 5 })
    expect(to(4)).toEqual({ state: { ...state, top: 105.25, anchor: { seq: 7, index: 109, view: 4 } }, shift: 0 })
  })

  it('of another anchor, or without a place for it, moves nothing', () => {
    expect(settled(state, { view: 3, anchorSeq: 8, anchor: 1 }, extent)).toEqual({ state, shift: 0 })
    expect(settled(state, { view: 3, anchorSeq: 7, anchor: -1 }, extent)).toEqual({ state, shift: 0 })
  })
})

describe('following', () => {
  const extent: Extent = { rows: ROWS, lastTop: 100, byTime: true, newestFirst: false }

  it('begins where the newest event comes into view, with half a row to spare', () => {
    expect([99.4, 99.5, 100].map(top => scrolled(START, top, extent).following)).toEqual([false, true, true])
    const upwards = { ...extent, newestFirst: true }
    expect([0, 0.4, 0.5].map(top => scrolled(START, top, upwards).following)).toEqual([true, true, false])
  })

  it('does not begin with an event selected, nor in another order than that of time', () => {
    expect(movedTo(START, 500, extent, true)).toMatchObject({ top: 100, following: false })
    expect(movedTo(START, 500, extent, false)).toMatchObject({ top: 100, following: true })
    expect(scrolled(START, 100, { ...extent, byTime: false }).following).toBe(false)
  })

  it('begins anew in another order or session, at the top where that is not by time', () => {
    const anchor = { seq: 7, index: 4, view: 3 }
    const state = { top: 50, following: false, anchor, unheld: false }
    expect(reordered(state, extent)).toEqual({ ...state, following: true, anchor: NO_ANCHOR })
    expect(reordered(state, { ...extent, byTime: false })).toEqual({ ...state, top: 0, anchor: NO_ANCHOR })
  })
})
