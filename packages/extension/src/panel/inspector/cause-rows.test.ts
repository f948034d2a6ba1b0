import type { CauseTree } from '@playhead/engine/contract/event'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { causeLines, openAround, openOnArrival, pathTo, seqsOf, shownRows, timesAt, withOpen } from './cause-rows'

/** A tree in columns, from the cause of each event (a smaller number) and its time. */
function treeOf(causes: readonly number[], times: readonly number[]): { tree: CauseTree; parents: number[] } {
  const children = causes.map((_, k) => causes.flatMap((cause, other) => (other > 0 && cause === k ? [other] : [])))
  const order: { k: number; depth: number; parent: number }[] = []
  const visit = (k: number, depth: number, parent: number) => {
    const place = order.push({ k, depth, parent }) - 1
    for (const child of children[k] ?? []) visit(child, depth + 1, place)
  }
  visit(0, 0, -1)
  const size = (place: number): number => order.filter((_, other) => parentsOf(order, other).includes(place)).length
  const length = order.length
  const tree: CauseTree = {
    seqs: Uint32Array.from(order, ({ k }) => 100 + k),
    depths: Uint32Array.from(order, ({ depth }) => depth),
    sizes: Uint32Array.from(order, (_, place) => size(place)),
    descendants: Uint32Array.from(order, (_, place) => size(place)),
    times: Float64Array.from(order, ({ k }) => times[k] ?? 0),
    types: new Uint16Array(length),
    kinds: new Uint8Array(length),
    threw: new Uint8Array(length),
    typeNames: ['t'],
    kindNames: ['synchronous'],
    total: length,
    outside: false,
  }
  return { tree, parents: order.map(({ parent }) => parent) }
}

function parentsOf(order: readonly { parent: number }[], place: number): number[] {
  const found: number[] = []
  for (let at = order[place]?.parent ?? -1; at >= 0; at = order[at]?.parent ?? -1) found.push(at)
  return found
}

const shapes = fc
  .array(fc.tuple(fc.nat(), fc.integer({ min: -5, max: 50 })), { minLength: 1, maxLength: 40, size: 'max' })
  .map(events =>
    treeOf(
      events.map(([cause], k) => (k ? cause % k : 0)),
      events.map(([, time]) => time),
    ),
  )

describe('the rows of a tree of causes', () => {
  it('are those whose causes are all open, in their order', () => {
    fc.assert(
      fc.property(shapes, fc.uniqueArray(fc.nat({ max: 40 })), ({ tree, parents }, opened) => {
        const open = new Set(opened.map(k => 100 + k))
        const shown = [...tree.seqs.keys()].filter(place => {
          for (let at = parents[place] as number; at >= 0; at = parents[at] as number) {
            if (!open.has(tree.seqs[at] as number)) return false
          }
          return true
        })
        expect([...shownRows(tree, open)]).toEqual(shown)
      }),
      { seed: 61 },
    )
  })

  it('have a path to the root, times, and the event in view from the start', () => {
    fc.assert(
      fc.property(shapes, fc.nat(), ({ tree, parents }, pick) => {
        const at = pick % tree.seqs.length
        const path: number[] = []
        for (let place = parents[at] as number; place >= 0; place = parents[place] as number) path.unshift(place)
        expect(pathTo(tree, at)).toEqual(path)
        const cause = path.at(-1)
        const time = tree.times[at] as number
        expect(timesAt(tree, at)).toEqual({
          edge: cause === undefined ? 0 : time - (tree.times[cause] as number),
          root: time - (tree.times[0] as number),
        })
        expect([...shownRows(tree, openAround(tree, at))]).toContain(at)
      }),
      { seed: 62 },
    )
  })

  it('of a chain of ten thousand are found without recursion', () => {
    const { length } = Array.from({ length: 10_000 })
    const tree = {
      seqs: Uint32Array.from({ length }, (_, i) => i),
      sizes: Uint32Array.from({ length }, (_, i) => length - 1 - i),
      depths: Uint32Array.from({ length }, (_, i) => i),
    } as unknown as CauseTree
    expect(shownRows(tree, new Set(tree.seqs))).toHaveLength(length)
    expect(shownRows(tree, new Set())).toHaveLength(1)
    expect(pathTo(tree, length - 1)).toHaveLength(length - 1)
  })
})

describe('a tree of causes that somebody comes to', () => {
  // 100 ─ 101 ─ 102
  //     └ 103 ─ 104
  const { tree } = treeOf([0, 0, 1, 0, 3], [])
  const place = (seq: number) => tree.seqs.indexOf(seq)

  it('is opened around the event', () => {
    expect(openOnArrival(tree, place(102), { root: -1, open: new Set([7]) })).toEqual(new Set([100, 101]))
  })

  it('keeps what is open where it is the same tree', () => {
    const open = new Set([100, 101])
    expect(openOnArrival(tree, place(104), { root: 100, open })).toEqual(new Set([100, 101, 103]))
    expect(open.size).toBe(2)
  })

  it('opens and folds one event at a time, and all but the way to one', () => {
    const open = new Set([100])
    expect(withOpen(open, 101, true)).toEqual(new Set([100, 101]))
    expect(withOpen(open, 100, false)).toEqual(new Set())
    expect(open).toEqual(new Set([100]))
    expect(seqsOf(tree, pathTo(tree, place(104)))).toEqual([100, 103])
  })

  it('stands in lines for the keys, of which those with effects can be opened', () => {
    const open = new Set([100])
    const rows = shownRows(tree, open)
    const lines = causeLines(tree, rows, open)
    const all = Array.from({ length: lines.length }, (_, row) => [lines.depthAt(row), lines.openAt(row)])
    expect(seqsOf(tree, rows)).toEqual([100, 101, 103])
    expect(all).toEqual([
      [0, true],
      [1, false],
      [1, false],
    ])
    expect(causeLines(tree, shownRows(tree, new Set([100, 101])), open).openAt(2)).toBeUndefined()
    expect(lines.labelAt(1)).toBe('t')
  })
})
