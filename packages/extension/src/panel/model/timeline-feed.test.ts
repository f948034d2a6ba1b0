import { signal } from '@preact/signals'
import { expect, it } from 'vitest'
import type { Density, DensityRequest, EngineApi } from '../../engine/contract'
import type { Store } from './store'
import { feedTimeline } from './timeline-feed'
import { createTimelineStore, timelineFrom } from './timeline-store'

/** An engine that answers when the test says so. */
function setUp(zoom: unknown = null) {
  const shown = signal<{ id: string; ended: boolean; descriptions?: unknown } | null>({ id: 'S', ended: true })
  const status = signal(null)
  const timeline = createTimelineStore(timelineFrom({ zoom }), shown as never, status)
  const store = { shown, status, view: signal({ version: 1 }), timeline } as unknown as Store
  const asked: DensityRequest[] = []
  const waiting: ((answer: Density | null) => void)[] = []
  const density = (request: DensityRequest) => {
    asked.push(request)
    return new Promise<Density | null>(resolve => waiting.push(resolve))
  }
  const engine = { ask: (_: string, question: (api: EngineApi) => Promise<unknown>) => question({ density } as never) }
  const stop = feedTimeline(store, engine as never)
  const answer = async (change: Partial<Density> | null) => {
    const resolve = waiting.shift()
    const { from, to, buckets } = asked.at(-1) as DensityRequest
    const counts = new Uint32Array(buckets)
    const empty = { from, to, buckets, groups: 1, counts, errors: counts, gaps: [], lanes: [], types: [] }
    resolve?.(change && { ...empty, first: 0, last: 1000, byType: new Uint32Array(), ...change })
    for (let i = 0; i < 10; i++) await Promise.resolve()
  }
  return { shown, timeline, asked, answer, stop }
}

it('asks one question at a time, and again for what it learned from the answer', async () => {
  const { timeline, asked, answer, stop } = setUp()
  timeline.width.value = 500
  timeline.lanes.value = 'source'
  expect(asked).toHaveLength(1)
  await answer({ types: ['row:add', 'tick'] })
  expect(timeline.known.value.categories.list.map(({ name }) => name)).toEqual(['row', 'tick'])
  expect(asked).toHaveLength(2)
  expect(asked[1]).toMatchObject({ session: 'S', from: 0, to: 1000, groups: [0, 1], lanes: 'source' })
  await answer({})
  expect(asked).toHaveLength(2)
  timeline.zoom.value = { from: 100, to: 200 }
  expect(asked[2]).toMatchObject({ from: 100, to: 200 })
  await answer(null)
  expect(timeline.density.value?.to).toBe(1000)
  stop()
  timeline.width.value = 900
  expect(asked).toHaveLength(3)
})

it('forgets one session for the next, and comes back to the stretch that was kept', async () => {
  const { shown, timeline, asked, answer, stop } = setUp({ session: 'T', from: 5, to: 50 })
  await answer({ types: ['a:b'] })
  await answer({})
  expect(timeline.zoom.value).toBeNull()
  shown.value = { id: 'T', ended: true, descriptions: [{ type: 'a:*', category: 'letters', description: '' }] }
  expect(timeline.density.value).toBeNull()
  expect(timeline.zoom.value).toEqual({ from: 5, to: 50 })
  expect(asked.at(-1)).toMatchObject({ session: 'T', groups: [] })
  await answer({ types: ['a:b'] })
  expect(timeline.known.value.categories.list.map(({ name }) => name)).toEqual(['letters'])
  shown.value = null
  stop()
})

it('puts types into other categories when the app says so later', async () => {
  const { shown, timeline, answer, stop } = setUp()
  await answer({ types: ['a:b'] })
  shown.value = { id: 'S', ended: true, descriptions: [{ type: 'a:b', category: 'late', description: 'Later.' }] }
  expect(timeline.known.value.categories.of('a:b').name).toBe('late')
  expect(timeline.known.value.categories.descriptionOf('a:b')).toBe('Later.')
  stop()
})
