import { afterEach, describe, expect, it, vi } from 'vitest'
import { createRecorder } from '../entries/core'
import { FakeEngine, settle, until } from '../testing/fake-engine'
import { type ConnectionDelegate, PortConnection } from './connection'

const timers = vi.hoisted(() => ({ now: 0, set: [] as { at: number; run: () => void }[] }))

vi.mock('../page/timers', () => ({
  setTimer: (run: () => void, ms: number) => {
    const timer = { at: timers.now + ms, run }
    timers.set.push(timer)
    return () => {
      timers.set = timers.set.filter(set => set !== timer)
    }
  },
}))

/** Runs timers up to `ms` from now; what was posted before one arrives before it. */
async function pass(ms: number): Promise<void> {
  const end = timers.now + ms
  for (;;) {
    await settle()
    const next = timers.set.filter(timer => timer.at <= end).sort((a, b) => a.at - b.at)[0]
    if (!next) break
    timers.set.splice(timers.set.indexOf(next), 1)
    timers.now = next.at
    next.run()
  }
  timers.now = end
}

afterEach(() => {
  timers.set.length = 0
})

describe('a link whose other end is silently gone', () => {
  const connected = async () => {
    const recorder = createRecorder({ enabled: true, name: 'test' })
    const engine = new FakeEngine()
    engine.connect(recorder)
    await until(() => engine.hello !== undefined)
    await settle()
    return { recorder, engine }
  }

  it('is given up after five seconds; the next one gets everything once', async () => {
    const { recorder, engine } = await connected()
    recorder.record('a')
    await pass(100)
    expect(engine.events.size).toBe(1)
    // Still open, but nobody takes anything in.
    const dead = engine.port as MessagePort
    dead.onmessage = () => {}
    for (let i = 0; i < 300; i++) recorder.record('b', i)
    recorder.mark('m')
    await pass(4500)
    const lost = vi.fn()
    dead.addEventListener('close', lost)
    await pass(1500)
    await until(() => lost.mock.calls.length > 0)
    for (let i = 0; i < 300; i++) recorder.record('c', i)
    engine.connect(recorder)
    await pass(100)
    await until(() => engine.events.size === 601)
    expect(engine.doubles).toBe(0)
    expect(engine.missing()).toBe(0)
    expect(engine.marks.map(mark => mark.name)).toEqual(['m'])
    recorder.dispose()
  })

  it('is kept while the other end says anything, or nothing is under way', async () => {
    const { recorder, engine } = await connected()
    const lost = vi.fn()
    ;(engine.port as MessagePort).addEventListener('close', lost)
    await pass(60_000)
    engine.acks = () => false
    recorder.record('a')
    for (let i = 0; i < 10; i++) {
      await pass(4000)
      engine.send({ t: 'ping', id: i })
    }
    engine.send({ t: 'ack', accepted: 1, persisted: 1 })
    await pass(60_000)
    recorder.record('b')
    await pass(100)
    expect(engine.events.size).toBe(2)
    expect(lost).not.toHaveBeenCalled()
    recorder.dispose()
    await until(() => lost.mock.calls.length > 0)
  })
})

describe('a connection', () => {
  it('announces itself again when its link fell silent, not when it was told to close', async () => {
    const linkLost = vi.fn()
    const announce = vi.fn()
    const owner = {
      hello: () => ({ t: 'hello' }),
      schemas: () => [],
      descriptions: () => [],
      now: () => 0,
      linkLost,
      announce,
    }
    const connection = new PortConnection(owner as unknown as ConnectionDelegate)
    for (const silent of [false, true]) {
      announce.mockClear()
      const { port1, port2 } = new MessageChannel()
      connection.accept(port1, '', true)
      connection.link?.drop(silent)
      expect(connection.link).toBeUndefined()
      expect(announce).toHaveBeenCalledTimes(silent ? 1 : 0)
      port2.close()
    }
    expect(linkLost).toHaveBeenCalledTimes(2)
  })
})
