import { Flag } from '@playhead/shared/model/event'
import { afterEach, describe, expect, it } from 'vitest'
import type { RecorderOptions } from '../api/options'
import type { Recorder } from '../api/recorder'
import { createRecorder } from '../entries/core'
import { FakeEngine, seeded, settle, until } from '../testing/fake-engine'

const recorders: Recorder[] = []
function recorderWith(options: RecorderOptions = {}) {
  const recorder = createRecorder({ enabled: true, name: 'test', ...options })
  recorders.push(recorder)
  return recorder
}
afterEach(() => {
  for (const recorder of recorders.splice(0)) recorder.dispose()
})

/** Every number once: stored, or in one gap. */
function account(engine: FakeEngine, emitted: number) {
  const seen = new Uint8Array(emitted + 1)
  for (const n of engine.events.keys()) (seen[n] as number)++
  for (const gap of engine.gaps) {
    expect(gap.count).toBe(gap.toN - gap.fromN + 1)
    for (let n = gap.fromN; n <= gap.toN; n++) seen[n] = (seen[n] as number) + 1
  }
  const wrong = [...seen.keys()].filter(n => n > 0 && seen[n] !== 1)
  expect({ wrong: wrong.slice(0, 10), sum: engine.events.size + engine.missing() }).toEqual({ wrong: [], sum: emitted })
}

describe('a link', () => {
  it('says hello, and sends what was recorded before anybody listened', async () => {
    const recorder = recorderWith({ app: 'shop 1', facets: ['row'] })
    recorder.state('grid', { get: () => ({ rows: 3 }) })
    recorder.record('early', { row: 1 })
    const engine = new FakeEngine()
    engine.connect(recorder)
    await until(() => engine.events.size === 1)
    expect(engine.hello).toMatchObject({
      wire: 1,
      producer: recorder.id,
      name: 'test',
      app: 'shop 1',
      context: 'node',
      level: 'action',
      facets: [{ name: 'row' }],
      states: ['grid'],
      emitted: 1,
      oldest: 1,
      previous: null,
    })
    expect(engine.hello?.probe.byteLength).toBe(8)
    expect(engine.keyframes).toMatchObject([{ state: 'grid', json: '{"rows":3}', why: 'start', afterN: 0 }])
    expect(engine.batches.flatMap(batch => batch.facets)).toMatchObject([{ name: 'row', form: 'number' }])
    recorder.record('late')
    await until(() => engine.events.size === 2)
    expect(engine.list().map(event => event.type)).toEqual(['early', 'late'])
  })

  it('has the first keyframe of a state, however long its name', async () => {
    const recorder = recorderWith()
    recorder.state('s'.repeat(999), { get: () => 1 })
    const engine = new FakeEngine()
    engine.connect(recorder)
    await until(() => engine.keyframes.length === 1)
    expect(engine.keyframes).toMatchObject([{ state: engine.hello?.states[0], json: '1', why: 'start' }])
  })

  it('says what the app says of itself, without secrets', async () => {
    const recorder = recorderWith({ version: '2.1', seed: 7, config: { password: 'geheim', rows: 10 } })
    const engine = new FakeEngine()
    engine.connect(recorder)
    await until(() => engine.hello !== undefined)
    expect(engine.hello?.about).toMatchObject({ version: '2.1', seed: '7' })
    expect(engine.hello?.about?.config).toContain('"rows":10')
    expect(engine.hello?.about?.config).not.toContain('geheim')
  })

  it('answers pings, makes keyframes on request, and ignores nonsense', async () => {
    const recorder = recorderWith()
    let rows = 1
    recorder.state('grid', { get: () => ({ rows }) })
    const engine = new FakeEngine()
    engine.connect(recorder)
    await until(() => engine.hello !== undefined)
    for (const odd of [
      null,
      5,
      'x',
      {},
      { t: 'welcome' },
      { t: 'ack', accepted: -1 },
      { t: 'replay', op: 'start' },
      new ArrayBuffer(3),
    ])
      engine.send(odd)
    rows = 2
    engine.send({ t: 'keyframe' })
    engine.send({ t: 'ping', id: 7 })
    await until(() => engine.replies.length > 0)
    expect(engine.replies).toMatchObject([{ t: 'pong', id: 7 }])
    expect(engine.keyframes.at(-1)).toMatchObject({ json: '{"rows":2}', why: 'request' })
  })

  it('is replaced by a new one, and ends when told so', async () => {
    const recorder = recorderWith()
    const first = new FakeEngine()
    const second = new FakeEngine()
    first.connect(recorder)
    await until(() => first.hello !== undefined)
    second.connect(recorder)
    recorder.record('a')
    await until(() => second.events.size === 1)
    expect(first.events.size).toBe(0)
    second.send({ t: 'closed' })
    await settle()
    recorder.record('b')
    await settle()
    expect(second.events.size).toBe(1)
    first.connect(recorder)
    await until(() => first.events.size === 2)
    account(first, 2)
  })

  it('carries what lies behind accepted when it comes again, each event once', async () => {
    const recorder = recorderWith()
    const engine = new FakeEngine()
    for (let i = 0; i < 700; i++) recorder.record('a', i)
    engine.connect(recorder)
    await until(() => engine.events.size === 700)
    engine.lose()
    for (let i = 0; i < 300; i++) recorder.record('a', i)
    engine.connect(recorder)
    await until(() => engine.events.size === 1000)
    expect(engine.doubles).toBe(0)
    account(engine, 1000)
  })

  it('obeys the panel: pause is one gap, level is the panel’s until it goes', async () => {
    const recorder = recorderWith()
    const engine = new FakeEngine()
    engine.connect(recorder)
    recorder.record('a')
    await until(() => engine.events.size === 1)
    engine.send({ t: 'configure', recording: false, level: null })
    await settle()
    for (let i = 0; i < 10; i++) recorder.record('paused')
    engine.send({ t: 'configure', recording: true, level: 'detail' })
    await settle()
    recorder.record('b', 0, { level: 'detail' })
    await until(() => engine.events.size === 2)
    expect(engine.gaps).toMatchObject([{ fromN: 2, toN: 11, reason: 'paused' }])
    account(engine, 12)
    engine.send({ t: 'closed' })
    await settle()
    expect(recorder.record('c', 0, { level: 'detail' })).toBeUndefined()
  })

  it('gives a paused recorder back to itself when the panel goes', async () => {
    const recorder = recorderWith()
    const engine = new FakeEngine()
    engine.recording = false
    engine.connect(recorder)
    await settle()
    recorder.record('unseen')
    engine.send({ t: 'closed' })
    await settle()
    recorder.record('seen')
    engine.recording = true
    engine.connect(recorder)
    await until(() => engine.events.size === 1)
    account(engine, 2)
  })

  it('sends late facts and flags of a dispatch that outlasts its batch', async () => {
    const recorder = recorderWith()
    const engine = new FakeEngine()
    const run = recorder.middleware()
    expect(() =>
      run({ type: 'long' }, () => {
        for (let i = 0; i < 300; i++) recorder.record('inner')
        throw new Error('at last')
      }),
    ).toThrow('at last')
    engine.connect(recorder)
    await until(() => engine.events.size === 301)
    expect(engine.late).toMatchObject([{ n: 1, flags: Flag.threw }])
    expect(engine.list().every((event, i) => event.causeN === (i === 0 ? 0 : 1))).toBe(true)
  })
})

describe('whatever happens, every event is delivered or counted', () => {
  it('under overload with a small buffer and a slow engine', async () => {
    const recorder = recorderWith({ capacity: 1000 })
    const engine = new FakeEngine()
    engine.acks = () => false
    const payload = 'x'.repeat(2000)
    engine.connect(recorder)
    await until(() => engine.hello !== undefined)
    await settle()
    for (let i = 0; i < 20_000; i++) recorder.record('burst', payload)
    await settle()
    expect(engine.events.size).toBeLessThan(20_000)
    engine.acks = () => true
    engine.send({ t: 'ack', accepted: engine.accepted, persisted: engine.accepted })
    await until(() => engine.events.size + engine.missing() === 20_000)
    account(engine, 20_000)
    expect(engine.gaps.every(gap => gap.reason === 'buffer')).toBe(true)
  })

  it('without anybody there for long', async () => {
    const recorder = recorderWith({ capacity: 500 })
    for (let i = 0; i < 5000; i++) recorder.record('alone', i)
    const engine = new FakeEngine()
    engine.connect(recorder)
    await until(() => engine.events.size + engine.missing() === 5000)
    expect(engine.events.size).toBeGreaterThanOrEqual(500)
    expect(engine.list().at(-1)?.payload).toBe('4999')
    account(engine, 5000)
  })

  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'with links lost, pauses, doubled welcomes and missing acks (seed %i)',
    async seed => {
      const random = seeded(seed)
      const recorder = recorderWith({
        capacity: 300 + Math.floor(random() * 2000),
        bufferBytes: random() < 0.5 ? 200_000 : 16 << 20,
      })
      let engine = new FakeEngine()
      let emitted = 0
      engine.acks = () => random() < 0.7
      for (let step = 0; step < 60; step++) {
        const dice = random()
        if (dice < 0.15) engine.lose()
        else if (dice < 0.4 && !engine.port) engine.connect(recorder)
        else if (dice < 0.45) engine.welcome()
        else if (dice < 0.5) engine.send({ t: 'configure', recording: random() < 0.5, level: null })
        else if (dice < 0.53) engine.connect(recorder)
        else if (dice < 0.55) {
          // Another panel that knows nothing of us.
          engine.lose()
          const acks = engine.acks
          engine = new FakeEngine()
          engine.acks = acks
        }
        const count = Math.floor(random() * (random() < 0.2 ? 2000 : 100))
        for (let i = 0; i < count; i++) {
          if (recorder.record('e', 'y'.repeat(random() * 300)) !== undefined) emitted++
        }
        if (random() < 0.6) await settle()
      }
      engine.acks = () => true
      engine.lose()
      engine.connect(recorder)
      await until(() => engine.hello !== undefined && engine.accepted === emitted)
      await settle()
      account(engine, emitted)
      expect(engine.emitted).toBe(emitted)
      if (engine.events.size > 0)
        expect([...new Set(engine.batches.map(batch => batch.meta.batch))].length).toBeGreaterThan(0)
    },
  )
})
