import type { EngineStatus } from '@playhead/engine/contract/status'
import type { Row, ViewSpec, ViewStatus } from '@playhead/engine/contract/view'
import { expect, it } from 'vitest'
import { createActions } from '../app/actions'
import type { PanelEngine } from '../connection/engine-client'
import { createStore } from '../state/store'

/** An engine that knows what is unfolded in the view it shows; another view comes when things settle. */
function setUp() {
  const store = createStore()
  store.status.value = { session: { id: 'S' } } as EngineStatus
  store.view.value = statusOf(1)
  let view = 1
  let unfolded = new Set<number>()
  const waiting: (() => void)[] = []
  const read: number[] = []
  const api = {
    locate: async (_: number, seq: number) => seq,
    rows: async (_: number, seq: number) => ({ items: [{ item: 'event', seq } as Row] }),
    detail: async (_: string, seq: number) => {
      read.push(seq)
      return { seq, payload: '{"a":1}' }
    },
    find: async () => null,
    unfold: async (of: number, seq: number, lines: number) => {
      if (of !== view) return null
      if (lines > 0) unfolded.add(seq)
      else unfolded.delete(seq)
      return statusOf(view)
    },
    show: async (spec: ViewSpec) => {
      await new Promise<void>(resolve => waiting.push(resolve))
      unfolded = new Set(spec.unfolded?.map(({ seq }) => seq))
      return statusOf(++view)
    },
  }
  const engine = { view: api, read: api } as unknown as PanelEngine
  const settle = async () => {
    for (let quiet = 0; quiet < 3; quiet++) {
      await new Promise(resolve => setTimeout(resolve))
      if (waiting.length > 0) quiet = 0
      waiting.shift()?.()
    }
  }
  return { store, actions: createActions(store, engine), settle, read, unfolded: () => [...unfolded] }
}

function statusOf(view: number): ViewStatus {
  return { view, version: 0, items: 100, done: true } as ViewStatus
}

it('unfolds events one right after the other', async () => {
  const { store, actions, settle, unfolded } = setUp()
  await Promise.all([actions.list.unfold(3, true), actions.list.unfold(5, true)])
  await settle()
  expect(unfolded()).toEqual([3, 5])
  expect([...store.table.unfolded.value.keys()]).toEqual([3, 5])
})

it('shows unfolded what was unfolded while another view was on its way', async () => {
  const { store, actions, settle, unfolded } = setUp()
  await actions.list.unfold(3, true)
  void actions.filter.setText('a')
  await actions.list.unfold(5, true)
  await settle()
  expect([...store.table.unfolded.value.keys()]).toEqual([3, 5])
  expect(unfolded()).toEqual([3, 5])
})

it('folds the oldest of too many, in the list as well', async () => {
  const { store, actions, settle, unfolded } = setUp()
  for (let seq = 0; seq < 60; seq++) await actions.list.unfold(seq, true)
  await settle()
  const last = Array.from({ length: 50 }, (_, i) => i + 10)
  expect([...store.table.unfolded.value.keys()]).toEqual(last)
  expect(unfolded()).toEqual(last)
})

it('reads the payload of an event that a key led to once', async () => {
  const { store, actions, settle, read } = setUp()
  actions.moves.first()
  await settle()
  expect(store.selected.value).toBe(0)
  expect([...store.table.selection.value]).toEqual([0])
  expect(store.table.pivot.value).toBe(0)
  expect(read).toEqual([0])
})
