import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parentOf, type TreeLines, TypeAhead, treeMove } from './tree-keys'

/** Lines as they stand: two spaces a level, `+` closed, `-` open. */
function linesOf(...text: string[]): TreeLines {
  const parsed = text.map(line => /^( *)([+-]?)(.*)$/.exec(line) as RegExpExecArray)
  return {
    length: parsed.length,
    depthAt: index => (parsed[index]?.[1]?.length ?? 0) / 2,
    openAt: index => (parsed[index]?.[2] ? parsed[index]?.[2] === '-' : undefined),
    labelAt: index => parsed[index]?.[3] ?? '',
  }
}

const TREE = linesOf('-top', '  +amount', '  -by', '    name', '    nick', '  balance')

describe('the keys of a tree', () => {
  it.each([
    ['ArrowDown', 0, { to: 1 }],
    ['ArrowDown', 5, { to: 5 }],
    ['ArrowUp', 0, { to: 0 }],
    ['Home', 3, { to: 0 }],
    ['End', 1, { to: 5 }],
    ['PageDown', 1, { to: 5 }],
    ['ArrowRight', 1, { open: true }],
    ['ArrowRight', 2, { to: 3 }],
    ['ArrowRight', 3, undefined],
    ['ArrowLeft', 2, { open: false }],
    ['ArrowLeft', 4, { to: 2 }],
    ['ArrowLeft', 1, { to: 0 }],
    ['Enter', 3, 'act'],
    ['Tab', 3, undefined],
  ])('%s at %i', (key, at, move) => {
    expect(treeMove(TREE, at, key)).toEqual(move)
  })

  it('reach every line and never leave the tree', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'PageUp')), keys => {
        let at = 0
        for (const key of keys) {
          const move = treeMove(TREE, at, key)
          if (move && typeof move === 'object' && 'to' in move) at = move.to
          expect(at).toBeGreaterThanOrEqual(0)
          expect(at).toBeLessThan(TREE.length)
        }
      }),
      { seed: 63 },
    )
    for (let at = 1; at < TREE.length; at++) expect(TREE.depthAt(parentOf(TREE, at))).toBe(TREE.depthAt(at) - 1)
  })

  it('find lines by their beginning', () => {
    const typing = new TypeAhead()
    expect(typing.type(TREE, 0, 'b', 0)).toBe(2)
    expect(typing.type(TREE, 2, 'b', 100)).toBe(5)
    expect(typing.type(TREE, 5, 'b', 200)).toBe(2)
    expect(typing.type(TREE, 2, 'n', 2000)).toBe(3)
    expect(typing.type(TREE, 3, 'i', 2100)).toBe(4)
    expect(typing.type(TREE, 4, 'x', 2200)).toBe(-1)
  })
})
