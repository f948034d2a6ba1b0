import type { Density, DensityRequest, MatchRequest } from '@playhead/engine/contract/density'
import { parseFilter } from '@playhead/shared/filter/parse'
import { computed, signal } from '@preact/signals'
import { expect, it } from 'vitest'
import type { Store } from '../state/store'
import { createTimelineStore, timelineFrom } from '../state/timeline-store'
import { feedTimeline } from './feed'

/** An engine that answers when the test says so. */
function setUp(zoom: unknown = null) {
  const shown = signal<{ id: string; ended: boolean; descriptions?: unknown; takes: { take: number }[] } | null>({
    ...{ id: 'S', ended: true, takes: [{ take: 0 }, { take: 1 }] },
  })
  const status = signal(null)
  const timeline = createTimelineStore(timelineFrom({ zoom }), shown as never, status)
  const filterText = signal('')
  const view = signal({ version: 1, view: 7 })
  const parsed = computed(() => parseFilter(filterText.value))
  const finding = signal(false)
  const found = signal(null)
  const detail = signal<{ seq: number; take: number } | null>(null)
  const selected = signal(-1)
  const store = {
    shown,
    status,
    view,
    timeline,
    filterText,
    parsed,
    finding,
    found,
    detail,
    selected,
  } as unknown as Store
  const asked: DensityRequest[] = []
  const waiting: ((answer: Density | null) => void)[] = []
  const density = (request: DensityRequest) => {
    asked.push(request)
    return new Promise<Density | null>(resolve => waiting.push(resolve))
  }
  const askedMatches: MatchRequest[] = []
  const matchDensity = async (request: MatchRequest) => {
    askedMatches.push(request)
    const { view: _, ...rest } = request
    return { ...rest, groups: 2, counts: new Uint32Array(request.buckets * 2) }
  }
  const engine = { read: { density }, view: { matchDensity } }
  const stop = feedTimeline(store, engine as never)
  const answer = async (change: Partial<Density> | null) => {
    const resolve = waiting.shift()
    const { from, to, buckets } = asked.at(-1) as DensityRequest
    const counts = new Uint32Array(buckets)
    const empty = { from, to, buckets, groups: 1, counts, errors: counts, gaps: [], lanes: [], types: [] }
    resolve?.(change && { ...empty, first: 0, last: 1000, byType: new Uint32Array(), ...change })
    for (let i = 0; i < 10; i++) await Promise.resolve()
  }
  const settle = async (change: Partial<Density> = {}) => {
    while (waiting.length > 0) await answer(change)
  }
  return { shown, timeline, asked, answer, settle, stop, filterText, finding, view, detail, selected, askedMatches }
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
  shown.value = {
    id: 'T',
    ended: true,
    takes: [],
    descriptions: [{ type: 'a:*', category: 'letters', description: '' }],
  }
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
  shown.value = {
    id: 'S',
    ended: true,
    takes: [],
    descriptions: [{ type: 'a:b', category: 'late', description: 'Later.' }],
  }
  expect(timeline.known.value.categories.of('a:b').name).toBe('late')
  expect(timeline.known.value.categories.descriptionOf('a:b')).toBe('Later.')
  stop()
})

it('counts the take that the filter names, or that is looked at, and comes back from a stretch it has nothing of', async () => {
  const { timeline, asked, settle, filterText, detail, selected, stop } = setUp()
  await settle()
  expect(asked.at(-1)?.takes).toEqual([0])
  timeline.zoom.value = { from: 100, to: 200 }
  await settle()
  filterText.value = 'take:1'
  expect(asked.at(-1)?.takes).toEqual([1])
  await settle({ first: 5000, last: 6000 })
  expect(timeline.zoom.value).toBeNull()

  filterText.value = 'take:*'
  expect(asked.at(-1)?.takes).toEqual([0, 1])
  await settle()
  filterText.value = ''
  await settle()
  selected.value = 9
  detail.value = { seq: 9, take: 1 }
  expect(asked.at(-1)?.takes).toEqual([1])
  stop()
})

it('has what passes the filter counted by itself where categories and a stretch do not say it', async () => {
  const { timeline, answer, filterText, finding, view, askedMatches, stop } = setUp()
  await answer({ types: ['row:add', 'row:gone', 'tick'] })
  await answer({})
  const filter = async (text: string) => {
    filterText.value = text
    view.value = { version: 1, view: view.value.view + 1 }
    timeline.width.value += 1
    await answer({})
    await answer({})
  }
  for (const text of ['after:1s before:2s', 'take:0', 'type:row:*', '-type:tick']) {
    await filter(text)
    expect(askedMatches).toEqual([])
  }
  await filter('type:row:add')
  expect(askedMatches.at(-1)).toMatchObject({ view: view.value.view, from: 0, to: 1000 })
  await filter('is:error after:1s')
  expect(timeline.matches.value?.groups).toBe(2)
  finding.value = true
  await filter('type:row:*')
  expect(askedMatches.at(-1)?.view).toBe('found')
  finding.value = false
  await filter('')
  expect(timeline.matches.value).toBeNull()
  stop()
})

it('keeps the categories that the app tells of while a question is under way', async () => {
  const { shown, timeline, answer, settle, stop } = setUp()
  await answer({ types: ['Arrival', 'Settlement'] })
  await settle()
  timeline.zoom.value = { from: 100, to: 200 }
  const said = (type: string) => ({ type, category: 'money', description: '' })
  shown.value = {
    id: 'S',
    ended: true,
    takes: [{ take: 0 }],
    descriptions: ['Arrival', 'Settlement', 'Tick'].map(said),
  }
  await answer({ types: ['Tick'] })
  await settle({ types: [] })
  expect(timeline.known.value.categories.list.map(({ name }) => name)).toEqual(['money'])
  stop()
})
