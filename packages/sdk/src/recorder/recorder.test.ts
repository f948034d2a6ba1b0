import { CAUSE_KINDS, Flag, KINDS, LEVELS } from '@playhead/shared/model/event'
import { parseEventId } from '@playhead/shared/model/id'
import { parseReplay } from '@playhead/shared/wire/parse-replay'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Adapter, BusEvent, RecorderOptions, RecorderWithHistory, Tap } from '../api/types'
import { createRecorder as createLean } from '../entries/core'
import { history } from '../entries/history'
import type { HistoryExtension } from '../history/source'
import { replayHost } from '../replay/target'
import type { Core } from './internals'
import type { ReplayHost } from './replay-host'

// What it says on the console is expected.
vi.mock('../page/natives', async original => ({
  ...(await original<typeof import('../page/natives')>()),
  warnOnce: () => {},
}))

const recorders: RecorderWithHistory[] = []
function create(options: RecorderOptions = {}): RecorderWithHistory {
  const extensions = [history(), ...(options.extensions ?? [])]
  const recorder = createLean({ enabled: true, name: 'test', ...options, extensions }) as RecorderWithHistory
  recorders.push(recorder)
  return recorder
}
afterEach(() => {
  for (const recorder of recorders.splice(0)) recorder.dispose()
})

/** A bus of handlers by type, with the middleware in front. */
function busOf(
  recorder: RecorderWithHistory,
  handlers: Record<string, (emit: (type: string) => void) => void>,
  options = {},
) {
  const run = recorder.middleware(options)
  const emit = (type: string) => run({ type, payload: type }, event => handlers[event.type]?.(emit))
  return emit
}

/** `a, a>b`: each event with its cause. */
function story(recorder: RecorderWithHistory): string {
  const events = recorder.history.getEvents()
  const byId = new Map(events.map(event => [event.id, event.type]))
  return events
    .map(event => (event.cause === undefined ? event.type : `${byId.get(event.cause) ?? '?'}>${event.type}`))
    .join(' ')
}

describe('causes', () => {
  it('are the dispatches around an event', () => {
    const recorder = create()
    const emit = busOf(recorder, {
      a: emit => {
        emit('b')
        emit('c')
      },
      b: emit => emit('d'),
    })
    emit('a')
    emit('e')
    expect(story(recorder)).toBe('a a>b b>d a>c e')
    expect(recorder.history.getEvents().map(event => event.causeKind)).toEqual([
      'unknown',
      'synchronous',
      'synchronous',
      'synchronous',
      'unknown',
    ])
  })

  it('skip what is filtered or below the level', () => {
    const recorder = create({ filters: { exclude: ['hidden*'] } })
    const emit = busOf(
      recorder,
      { a: emit => emit('hidden:1'), 'hidden:1': emit => emit('tiny'), tiny: emit => emit('b') },
      { describe: (type: string) => (type === 'tiny' ? { level: 'detail' } : undefined) },
    )
    emit('a')
    expect(story(recorder)).toBe('a a>b')
  })

  it('survive handlers that throw, and mark them', () => {
    const recorder = create()
    const emit = busOf(recorder, {
      a: emit => {
        try {
          emit('b')
        } catch {
          emit('c')
        }
      },
      b: () => {
        throw new TypeError('handler')
      },
    })
    emit('a')
    expect(() => emit('b')).toThrow(TypeError)
    emit('d')
    expect(story(recorder)).toBe('a a>b a>c b d')
    expect(recorder.history.getEvents().map(event => event.flags.includes('threw'))).toEqual([
      false,
      true,
      false,
      true,
      false,
    ])
  })

  it('can be given: explicit, several, from elsewhere, across a boundary', async () => {
    const recorder = create()
    const other = '01ARZ3NDEKTSV4RRFFQ69G5FAV-0000000042'
    const a = recorder.record('a')
    const b = recorder.record('b', 0, { causedBy: a })
    const c = recorder.record('c', 0, { causedBy: [other, a as string, b as string] })
    await new Promise<void>(resolve =>
      setTimeout(() =>
        recorder.within(c, () => {
          expect(recorder.current()).toBe(c)
          recorder.record('d')
          recorder.within(other, () => recorder.record('e'))
          recorder.within(undefined, () => recorder.record('f'))
          resolve()
        }),
      ),
    )
    expect(recorder.current()).toBeUndefined()
    const events = recorder.history.getEvents()
    expect(events.map(event => event.causeKind)).toEqual([
      'unknown',
      'explicit',
      'explicit',
      'explicit',
      'explicit',
      'unknown',
    ])
    expect(events.map(event => event.cause)).toEqual([undefined, a, a, c, other, undefined])
    expect(recorder.history.effects(other).map(event => event.type)).toEqual(['c', 'e'])
    expect(recorder.history.effects(a as string).map(event => event.type)).toEqual(['b', 'c'])
    expect(recorder.history.causes(events[3]?.id as string).map(event => event.type)).toEqual(['c', 'a'])
    for (const odd of ['', 'x', null, 5, {}])
      expect(() => recorder.record('g', 0, { causedBy: odd as string })).not.toThrow()
    expect(recorder.within(5 as never, () => 'result')).toBe('result')
  })

  it('are none for inputs', () => {
    const recorder = create()
    const emit = busOf(recorder, { tick: emit => emit('user:click') }, { inputs: ['user:*'] })
    emit('tick')
    recorder.within(recorder.history.getEvents()[0]?.id, () => recorder.record('key', 1, { input: true }))
    expect(story(recorder)).toBe('tick user:click key')
    expect(recorder.history.getEvents().map(event => event.flags.includes('input'))).toEqual([false, true, true])
  })
})

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

describe('attachments', () => {
  function manual(name = 'bus', more: Partial<Adapter> = {}) {
    let tap: Tap | undefined
    const disconnect = vi.fn()
    const adapter: Adapter = {
      name,
      connect(given) {
        tap = given
        return disconnect
      },
      ...more,
    }
    return { adapter, disconnect, tap: () => tap as Tap }
  }

  it('record with source, number and what they say of themselves', () => {
    const recorder = create()
    const bus = manual('bus', { observeOnly: true })
    const detach = recorder.attach(bus.adapter, { source: 'core' })
    expect(bus.tap().around('a', 1, () => 'result')).toBe('result')
    bus.tap().around('b', 2, () => bus.tap().heard('c', 3))
    expect(story(recorder)).toBe('a b b>c')
    expect(recorder.history.getEvents()[0]).toMatchObject({ source: 'core', flags: ['observedOnly'] })
    detach()
    detach()
    expect(bus.disconnect).toHaveBeenCalledTimes(1)
  })

  it('that cannot connect are reported once and thrown nowhere', () => {
    const recorder = create()
    expect(() =>
      recorder.attach({
        name: 'bad',
        connect: () => {
          throw new Error('no')
        },
      })(),
    ).not.toThrow()
  })

  it('are undone by dispose', () => {
    const recorder = create()
    const bus = manual()
    recorder.attach(bus.adapter)
    recorder.dispose()
    expect(bus.disconnect).toHaveBeenCalled()
    expect(bus.tap().around('late', 0, () => 5)).toBe(5)
    expect(recorder.record('late')).toBeUndefined()
  })

  it('describe() may throw or emit', () => {
    const recorder = create()
    const bus = manual()
    recorder.attach(bus.adapter, {
      describe: type => {
        bus.tap().heard(type, 'again')
        if (type === 'bad') throw new Error('no')
        return { level: 'milestone' }
      },
    })
    bus.tap().heard('good', 1)
    bus.tap().heard('bad', 2)
    expect(recorder.history.getEvents().map(event => `${event.type} ${event.level}`)).toEqual([
      'good milestone',
      'bad action',
    ])
  })
})

describe('the replayer’s side', () => {
  function withHost() {
    let host: ReplayHost | undefined
    const recorder = create({
      extensions: [
        {
          kind: 'replay',
          parse: parseReplay,
          connect(given) {
            host = replayHost(given)
            return { command: () => {}, linkLost: () => {}, dispose: () => {} }
          },
        },
      ],
    })
    return { recorder, host: host as unknown as ReplayHost }
  }

  it('makes roots of its steps, in a take of their own', () => {
    const { recorder, host } = withHost()
    const emit = busOf(recorder, { a: emit => emit('b') })
    emit('a')
    host.setTake(1)
    recorder.within(recorder.history.getEvents()[0]?.id, () => host.step(() => emit('a')))
    host.setTake(2)
    emit('c')
    host.setTake(0)
    expect(story(recorder)).toBe('a a>b a a>b c')
    expect(recorder.history.getEvents().map(event => event.take)).toEqual([0, 0, 1, 1, 2])
    expect(recorder.history.getEvents().map(event => event.flags)).toEqual([[], [], ['input'], [], []])
  })

  it('can hold back what the app emits by itself', () => {
    const { recorder, host } = withHost()
    const handled: string[] = []
    const run = recorder.middleware()
    const emit = (type: string): unknown =>
      run({ type }, () => {
        handled.push(type)
        if (type === 'a') emit('b')
        return type
      })
    host.setIsolated(true)
    expect(emit('c')).toBeUndefined()
    host.step(() => emit('a'))
    host.setIsolated(false)
    emit('d')
    expect(handled).toEqual(['a', 'd'])
    expect(story(recorder)).toBe('c a a>b d')
  })

  it('finds attachments and states', () => {
    const { recorder, host } = withHost()
    const replay = vi.fn()
    const detach = recorder.attach({ name: 'bus', connect: () => () => {}, replay }, { source: 'core' })
    expect(host.targets()).toMatchObject([{ id: 1, name: 'bus', source: 'core', replay }])
    detach()
    expect(host.targets()).toEqual([])
    recorder.attach({ name: 'bus', connect: () => () => {}, replay }, { source: 'core' })
    expect(host.target(1)?.name).toBe('bus')
    const unregister = recorder.state('s', { get: () => 1 })
    expect(host.states()).toEqual(['s'])
    unregister()
    expect(host.states()).toEqual([])
    const hooks = { start: () => {} }
    const remove = recorder.onReplay(hooks)
    expect(host.hooks()).toEqual([hooks])
    remove()
    expect(host.hooks()).toEqual([])
    expect(Flag.input).toBe(16)
  })
})

describe('history', () => {
  it('tells the duration and the end of a dispatch that it was asked about meanwhile', () => {
    const recorder = create()
    const run = recorder.middleware()
    const slow = () => {
      expect(recorder.history.getEvents()).toMatchObject([{ type: 'slow', duration: 0, flags: [] }])
      const until = performance.now() + 2
      while (performance.now() < until);
      throw new Error('no')
    }
    expect(() => run({ type: 'slow' }, slow)).toThrow('no')
    const [event] = recorder.history.getEvents()
    expect(event?.duration).toBeGreaterThan(1)
    expect(event?.flags).toEqual(['threw'])
    expect(recorder.history.getEvent(event?.id ?? '')?.flags).toEqual(['threw'])
  })

  it('is readable where a clock was set back during a dispatch', () => {
    const { kind, connect } = history() as HistoryExtension
    let core: Core | undefined
    const grab: HistoryExtension = { kind, connect: given => connect((core = given)) }
    const recorder = createLean({ enabled: true, name: 'test', extensions: [grab] }) as RecorderWithHistory
    recorders.push(recorder)
    recorder.record('a')
    core?.journal.finish(1, performance.now() + 1000, false)
    expect(recorder.history.getEvents()).toMatchObject([{ type: 'a', duration: 0 }])
  })

  it('finds by type, source, time, level and payload', () => {
    const recorder = create({ level: 'detail' })
    recorder.record('row:update', { rowId: 17, user: { name: 'ann', age: 3 } }, { source: 'grid' })
    recorder.record('row:delete', { rowId: 18, tags: [1, 2] }, { source: 'grid', level: 'detail' })
    recorder.record('col:move', { rowId: 17 }, { source: 'plugin:x' })
    const types = (query: Parameters<typeof recorder.history.getEvents>[0]) =>
      recorder.history.getEvents(query).map(event => event.type)
    const all = recorder.history.getEvents()
    expect(types({ type: 'row:*' })).toEqual(['row:update', 'row:delete'])
    expect(types({ type: ['col:*', 'row:d*'] })).toEqual(['row:delete', 'col:move'])
    expect(types({ source: 'plugin:*' })).toEqual(['col:move'])
    expect(types({ payload: { rowId: 17 } })).toEqual(['row:update', 'col:move'])
    expect(types({ payload: { user: { name: 'ann' } } })).toEqual(['row:update'])
    expect(types({ payload: { tags: [1, 2] } })).toEqual(['row:delete'])
    expect(types({ level: 'action' })).toEqual(['row:update', 'col:move'])
    expect(types({ from: all[1]?.time, to: all[1]?.time })).toContain('row:delete')
    expect(types({ from: (all[2]?.time ?? 0) + 1 })).toEqual([])
    expect(types({ limit: 1 })).toEqual(['col:move'])
    expect(recorder.history.statistics()).toMatchObject({
      emitted: 3,
      kept: 3,
      missing: 0,
      bySource: { grid: 2, 'plugin:x': 1 },
      artifacts: { kept: 0, bytes: 0, lost: 0 },
      byLevel: { action: 2, detail: 1 },
    })
    expect(recorder.history.getEvent('nonsense')).toBeUndefined()
    expect(recorder.history.causes('nonsense')).toEqual([])
  })
})
