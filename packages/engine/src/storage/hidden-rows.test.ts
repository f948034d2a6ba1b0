import type { Filter } from '@playhead/shared/filter/filter'
import { parseFilter } from '@playhead/shared/filter/parse'
import type { Batch } from '@playhead/shared/wire/columns'
import { describe, expect, it } from 'vitest'
import { Engine } from '../engine'
import { statusOf } from '../testing/engine-scenarios'
import { type FakePage, FakePanel } from '../testing/fake-page'
import { testProducer } from '../testing/make-batch'
import { MemoryDisk } from '../testing/memory-disk'
import { memoryHost } from '../testing/memory-host'
import { Random } from '../testing/random'

const A = testProducer(1)
const TOTAL = 6000
const OPTIONS = { maxEvents: 1e6, textBudget: 1 << 20, database: '', persistent: true }
const NONE = { events: 0, bytes: 0, age: 0 }

/** What event n is: its type tells its hundred, its facet its ten. */
const typeOf = (n: number) => `hundred ${Math.floor(n / 100)}`
const agentOf = (n: number) => `agent-${Math.floor(n / 10)}`

async function emit(page: FakePage, total: number): Promise<void> {
  while (page.emitted < total) {
    const firstN = page.emitted + 1
    const count = Math.min(200, total - page.emitted)
    const numbers = Array.from({ length: count }, (_, i) => firstN + i)
    const types = [...new Set(numbers.map(typeOf))]
    const agents = [...new Set(numbers.map(agentOf))]
    const rest: Partial<Batch> = {
      type: Uint16Array.from(numbers, n => types.indexOf(typeOf(n))),
      facets: [
        {
          name: 'agent',
          form: 'text',
          values: agents,
          codes: Uint16Array.from(numbers, n => agents.indexOf(agentOf(n))),
        },
      ],
      causeN: Uint32Array.from(numbers, n => n - 1),
      causeKind: new Uint8Array(count).fill(1),
    }
    await page.emit(count, { types, rest, payload: n => `{"n":${n},"needle":"pin${n}x"}` })
  }
}

/** Nothing that the engine answers of the session speaks of an event before `first`, and nothing from there on is missing. */
async function expectOnlyFrom(panel: FakePanel, session: string, first: number): Promise<void> {
  const { engine } = panel
  const visible = TOTAL - first + 1
  const matchedBy = async (filter: Filter) => {
    let last = await engine.view.show({ session, filter })
    const heard = () => {
      const told = panel.last('view')?.view
      if (told?.view === last.view && told.version >= last.version) last = told
      return last.done
    }
    await expect.poll(heard, { interval: 1 }).toBe(true)
    return last.matched
  }
  const count = (text: string) => matchedBy(parseFilter(text).filter)
  const matched = await matchedBy({})
  expect(matched).toBe(visible)
  for (const n of [first, first + 1, TOTAL]) {
    expect(await count(`pin${n}x`)).toBe(1)
    expect(await count(`agent=${agentOf(n)} pin${n}x`)).toBe(1)
  }
  for (const n of [1, first - 1]) {
    expect(await count(`pin${n}x`)).toBe(0)
    expect(await count(`type:"${typeOf(n)}" pin${n}x`)).toBe(0)
    expect(await engine.read.detail(session, n - 1)).toBeNull()
    expect((await engine.read.relations(session, n - 1)).effects).toEqual([])
  }
  expect(await count(`type:"${typeOf(first)}"`)).toBe(Math.min(TOTAL, Math.floor(first / 100) * 100 + 99) - first + 1)
  const types = (await engine.read.vocabulary(session))!.types
  expect(types.reduce((sum, { count: of }) => sum + of, 0)).toBe(visible)
  expect(types.some(({ name }) => name === typeOf(first - 100))).toBe(false)
  const { statistics } = (await engine.sessions.summary(session))!
  expect(statistics).toMatchObject({ events: visible, first })
  expect(statistics!.rate.reduce((sum, of) => sum + of, 0)).toBe(visible)
  expect(statistics!.types.some(([name]) => name === typeOf(first - 100))).toBe(false)
  const facts = await engine.read.fields(session)
  expect(facts.reduce((sum, { events }) => sum + events, 0)).toBe(visible)
  expect(facts.some(({ type }) => type === typeOf(first - 100))).toBe(false)
  // The first visible event's cause is outside the log.
  expect(await engine.read.relations(session, first - 1)).toMatchObject({ causes: [], outside: true })
  for (const format of ['json', 'jsonl', 'csv'] as const) {
    const exported = await engine.transfer.export(session, { format, gzip: false } as never)
    if (!exported.ok) throw new Error(exported.message)
    const text = await exported.value.blob.text()
    expect(exported.value.events).toBe(visible)
    expect(text).toContain(`pin${first}x`)
    expect(text).not.toContain(`pin${first - 1}x`)
    expect(text).not.toContain(`${agentOf(first - 10)}"`)
  }
}

describe('hidden rows of a chunk that was evicted by half', () => {
  it.each([61, 62, 63])('appear nowhere, live or stored (seed %i)', async seed => {
    const random = new Random(seed)
    const disk = new MemoryDisk()
    const engine = new Engine(memoryHost({ disk: () => disk }))
    await engine.start(OPTIONS)
    const panel = new FakePanel(engine)
    const page = panel.page(A)
    await page.open({ timeOrigin: 0, now: 0, wall: 0 })
    await emit(page, TOTAL)
    const { id } = (await statusOf(engine)).session!
    let first = 1
    // What was learned before must be forgotten too.
    await engine.read.fields(id)
    await engine.read.vocabulary(id)
    for (let step = 0; step < 4; step++) {
      first = random.whole(first + 110, first + 1400)
      await engine.sessions.setRetention({ keep: 'disk', session: { ...NONE, events: TOTAL - first + 1 }, total: NONE })
      await expectOnlyFrom(panel, id, first)
    }
    await engine.dispose()
    const next = new Engine(memoryHost({ disk: () => disk }))
    await next.start(OPTIONS)
    await expectOnlyFrom(new FakePanel(next), id, first)
    await next.dispose()
  })
})
