import type { Row } from '@playhead/engine/contract/view'
import { expect, it } from 'vitest'
import type { PanelEngine } from '../connection/engine-client'
import type { Store } from '../state/store'
import { createMoves } from './moves'

/** Events 0 … `events` - 1 of which the list has `listed`, in that order (-1: a gap); the engine answers a task later. */
function setUp(listed: number[], descending = false) {
  const store = {
    selected: { value: -1 },
    view: { value: { view: 1, items: listed.length } },
    shown: { value: { id: 'S' } },
    table: { sort: { value: { by: 'time', descending } } },
  } as unknown as Store
  /** The view that the engine has. */
  const shown = { view: 1 }
  const rowOf = (seq: number) => (seq < 0 ? { item: 'gap' } : { item: 'event', seq, time: seq * 10 }) as Row
  const api = {
    rows: async (view: number, from: number) => {
      if (view !== shown.view) return { version: -1, items: [] }
      return { version: 1, items: from < listed.length ? [rowOf(listed[from] as number)] : [] }
    },
    locate: async (_: number, seq: number) => listed.indexOf(seq),
    detail: async (_: string, seq: number) => ({ seq, time: seq * 10 }),
    nearest: async (_: number, time: number) =>
      listed.filter(seq => seq >= 0).sort((a, b) => Math.abs(a * 10 - time) - Math.abs(b * 10 - time))[0] ?? -1,
  }
  const before = { question() {} }
  const later = new Proxy(api, {
    get:
      (_, name: keyof typeof api) =>
      async (...given: never[]) => {
        await new Promise(resolve => setTimeout(resolve))
        before.question()
        return (api[name] as (...given: never[]) => unknown)(...given)
      },
  })
  const engine = { view: later, read: later } as unknown as PanelEngine
  const chosen: number[] = []
  let done = Promise.resolve()
  const goTo = (seq: number) => {
    store.selected.value = seq
  }
  const moves = createMoves(store, engine, {
    goTo,
    extendTo(seq) {
      chosen.push(seq)
      goTo(seq)
    },
    guard: work => {
      done = work as Promise<void>
      return done
    },
  })
  const seq = async () => {
    await done
    return store.selected.value
  }
  return { store, moves, seq, chosen, listed, before, shown }
}

it('loses no step of a key that is held down', async () => {
  const { moves, seq } = setUp(Array.from({ length: 100 }, (_, i) => i))
  for (let i = 0; i < 20; i++) moves.move(1)
  expect(await seq()).toBe(19)
  for (let i = 0; i < 5; i++) moves.move(-1)
  moves.move(1)
  expect(await seq()).toBe(15)
  moves.first()
  moves.move(1)
  moves.move(1)
  expect(await seq()).toBe(2)
})

it('stays within the list, and passes gaps', async () => {
  const { moves, seq } = setUp([3, -1, 4])
  moves.move(1)
  moves.move(1)
  moves.move(1)
  moves.move(1)
  expect(await seq()).toBe(4)
  for (let i = 0; i < 9; i++) moves.move(-1)
  expect(await seq()).toBe(3)
})

it('goes on from an event that the filter does not let through', async () => {
  for (const [descending, down, up] of [
    [false, 50, 40],
    [true, 40, 50],
  ] as const) {
    const listed = [10, 20, 40, 50]
    const { store, moves, seq } = setUp(descending ? listed.reverse() : listed, descending)
    for (const from of [43, 47]) {
      store.selected.value = from
      moves.move(1)
      expect(await seq()).toBe(down)
      store.selected.value = from
      moves.move(-1)
      expect(await seq()).toBe(up)
    }
  }
})

it('loses no step where events come in above between two questions', async () => {
  const { moves, seq, store, listed, before } = setUp([4, 3, 2, 1, 0], true)
  store.selected.value = 4
  let asked = 0
  before.question = () => {
    asked++
    if (asked === 2 || asked === 5) listed.unshift(asked + 3)
  }
  moves.move(1)
  expect(await seq()).toBe(3)
  expect(listed).toEqual([8, 5, 4, 3, 2, 1, 0])
})

it('does not take the user away from what they choose meanwhile', async () => {
  const { store, moves, seq } = setUp([0, 1, 2, 3, 4])
  moves.move(1)
  store.selected.value = 4
  expect(await seq()).toBe(4)
})

it('counts each way from where the last one led', async () => {
  const { moves, seq, chosen } = setUp([0, 1, 2, 3, 4, 5, 6, 7, 8])
  const twoOn = async (from: number) => from + 2
  moves.first()
  moves.go(twoOn)
  moves.go(twoOn)
  moves.go(async () => -1)
  moves.move(1, true)
  moves.move(1, true)
  expect(await seq()).toBe(6)
  expect(chosen.at(-1)).toBe(6)
})

it('does what a key says in the list of a filter that was set right before', async () => {
  const { store, moves, seq, shown, before } = setUp([5, 6, 7])
  // The engine has it already, and tells of it later: first that nothing is found yet.
  shown.view = 2
  const told = [undefined, { view: 2, items: 0, done: false }, { view: 2, items: 3, done: true }]
  before.question = () => {
    const next = told.shift()
    if (next) store.view.value = next as unknown as Store['view']['value']
    if (next?.done === false) setTimeout(before.question, 30)
  }
  moves.first()
  expect(await seq()).toBe(5)
})
