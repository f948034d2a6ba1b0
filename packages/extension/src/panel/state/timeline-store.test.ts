import type { EngineStatus } from '@playhead/engine/contract/status'
import { signal } from '@preact/signals'
import { expect, it } from 'vitest'
import { createTimelineStore, drawnHeight, timelineFrom } from './timeline-store'

it('believes of what was stored only what makes sense', () => {
  const standard = { open: true, height: 72, lanes: 'none', zoom: null }
  for (const stored of [undefined, null, 7, 'x', [], { height: -1, lanes: 'all', zoom: { from: 1 } }]) {
    expect(timelineFrom(stored)).toEqual(standard)
  }
  expect(timelineFrom({ height: Number.NaN, zoom: { session: 'S', from: 5, to: 5 } })).toEqual(standard)
  const kept = { open: false, height: 90, lanes: 'source', zoom: { session: 'S', from: 1, to: 2 } }
  expect(timelineFrom(JSON.parse(JSON.stringify(kept)))).toEqual(kept)
})

it('is low in a low window, unless the user has set its height', () => {
  expect([0, 266, 886].map(window => drawnHeight(72, window))).toEqual([72, 40, 72])
  expect(drawnHeight(100, 266)).toBe(100)
})

it('keeps the whole in place while events arrive into it', () => {
  const session = { id: 'S', ended: false }
  const store = createTimelineStore(
    timelineFrom(undefined),
    signal(session as never),
    signal({ session } as unknown as EngineStatus),
  )
  store.extent.value = { from: 0, to: 1000 }
  const before = store.span.value
  store.extent.value = { from: 0, to: 1001 }
  expect(store.span.value).toBe(before)
  store.zoom.value = { from: 100, to: 200 }
  store.extent.value = { from: 0, to: 90_000 }
  expect(store.span.value).toEqual({ from: 100, to: 200 })
})
