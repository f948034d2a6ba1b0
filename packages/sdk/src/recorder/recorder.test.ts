import { CAUSE_KINDS, KINDS, LEVELS } from '@playhead/shared/model/event'
import { parseEventId } from '@playhead/shared/model/id'
import { describe, expect, it, vi } from 'vitest'
import type { Adapter } from '../api/adapter'
import type { BusEvent } from '../api/recorder'
import { create, story } from '../testing/recorders'

// What it says on the console is expected.
vi.mock('../page/natives', async original => ({
  ...(await original<typeof import('../page/natives')>()),
  warnOnce: () => {},
}))

describe('recording', () => {
  it('numbers events without holes and gives ids', () => {
    const recorder = create()
    const ids = Array.from({ length: 1000 }, (_, i) => recorder.record('a', i) as string)
    expect(ids.map(id => parseEventId(id))).toEqual(ids.map((_, i) => ({ producer: recorder.id, n: i + 1 })))
    expect(recorder.history.getEvents().map(event => event.payload)).toEqual(ids.map((_, i) => i))
    expect(recorder.history.getEvent(ids[500] as string)?.payload).toBe(500)
  })

  it('takes level and kind from options, descriptions and defaults', () => {
    const recorder = create({ level: 'detail' })
    recorder.record('a')
    recorder.record('b', 0, { level: 'milestone' })
    recorder.record('c', 0, { kind: 'system' })
    recorder.record('d', 0, { kind: 'custom', level: 'decision' })
    recorder.record('e', 0, { level: 'nonsense' as never, source: 'user' })
    expect(
      recorder.history.getEvents().map(event => `${event.type} ${event.level} ${event.kind} ${event.source}`),
    ).toEqual([
      'a action action app',
      'b milestone milestone app',
      'c detail system app',
      'd decision custom app',
      'e action action user',
    ])
    expect([LEVELS.length, KINDS.length, CAUSE_KINDS.length]).toEqual([5, 7, 4])
  })

  it('drops what is below the level or filtered: no number, no id', () => {
    const recorder = create({ level: 'decision', filters: { include: ['row:*'], exclude: ['row:scroll'] } })
    expect(recorder.record('row:update')).toBeUndefined()
    expect(recorder.record('row:update', 0, { level: 'milestone' })).toBeDefined()
    expect(recorder.record('row:scroll', 0, { level: 'milestone' })).toBeUndefined()
    expect(recorder.record('other', 0, { level: 'milestone' })).toBeUndefined()
    expect(recorder.history.statistics()).toMatchObject({
      emitted: 1,
      kept: 1,
      missing: 0,
      byType: { 'row:update': 1 },
    })
  })

  it('takes the payload of an event with payload, else the event', () => {
    const recorder = create()
    const run = recorder.middleware()
    expect(run({ type: 'a', payload: 1 }, () => 'result')).toBe('result')
    run({ type: 'b', x: 2 }, () => 0)
    expect(recorder.history.getEvents().map(event => event.payload)).toEqual([1, { type: 'b', x: 2 }])
  })

  it('survives odd types and events', () => {
    const recorder = create()
    const run = recorder.middleware() as (event: unknown, next: () => number) => number
    const odd = [
      null,
      undefined,
      5,
      'text',
      {},
      { type: Symbol('s') },
      { type: 'x'.repeat(1000) },
      {
        type: {
          toString: () => {
            throw new Error('no')
          },
        },
      },
    ]
    for (const event of odd) expect(run(event, () => 7)).toBe(7)
    const types = recorder.history.getEvents().map(event => event.type)
    expect(types).toHaveLength(odd.length)
    expect(types.every(type => type.length <= 256)).toBe(true)
    expect(types).toContain('Symbol(s)')
  })

  it('does not record what reading a payload emits, and goes on', () => {
    const recorder = create()
    const trap: object = new Proxy(
      {},
      {
        ownKeys() {
          recorder.record('from inside', trap)
          recorder.history.getEvents()
          return []
        },
      },
    )
    expect(recorder.record('outside', trap)).toBeDefined()
    expect(story(recorder)).toBe('outside')
  })

  it('shares one name for all types that are too many', () => {
    const recorder = create({ capacity: 200_000, bufferBytes: 1 << 28 })
    for (let i = 0; i < 65_600; i++) recorder.record(`type ${i}`)
    const last = recorder.history.getEvents({ limit: 1 })[0]
    expect(last).toMatchObject({ type: '(other)', flags: ['overflow'] })
  })

  it('keeps the newest within its bounds and counts the rest', () => {
    const recorder = create({ capacity: 1000, bufferBytes: 1 << 28 })
    for (let i = 0; i < 10_000; i++) recorder.record('a', i)
    const { kept, missing, emitted } = recorder.history.statistics()
    expect(emitted).toBe(10_000)
    expect(kept + missing).toBe(10_000)
    expect(kept).toBeGreaterThanOrEqual(1000)
    expect(kept).toBeLessThan(1000 + 256)
    const payloads = recorder.history.getEvents().map(event => event.payload)
    expect(payloads).toEqual(payloads.map((_, i) => 10_000 - kept + i))
    const small = create({ bufferBytes: 100_000 })
    for (let i = 0; i < 1000; i++) small.record('a', 'x'.repeat(1000))
    expect(small.history.statistics().bytes).toBeLessThan(400_000)
  })

  it('leaves nothing on the global object but one hook', () => {
    const before = Reflect.ownKeys(globalThis)
    const recorder = create()
    recorder.record('a')
    const added = Reflect.ownKeys(globalThis).filter(key => !before.includes(key))
    expect(added.filter(key => key !== Symbol.for('playhead'))).toEqual([])
    const ids = (globalThis as { [key: symbol]: unknown })[Symbol.for('playhead')]
    expect(ids).toContain(recorder.id)
    recorder.dispose()
    expect(ids).not.toContain(recorder.id)
  })

  it('does nothing at all when disabled', () => {
    const recorder = create({ enabled: false })
    const adapter: Adapter = { name: 'x', connect: vi.fn(() => () => {}) }
    recorder.attach(adapter)()
    expect(adapter.connect).not.toHaveBeenCalled()
    const next = (event: BusEvent) => event
    const event = { type: 'a' }
    expect(recorder.middleware()(event, next)).toBe(event)
    expect(recorder.record('a')).toBeUndefined()
    expect(recorder.history.getEvents()).toEqual([])
  })
})
