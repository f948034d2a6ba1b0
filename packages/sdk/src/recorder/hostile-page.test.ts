import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { FakeEngine, settle } from '../testing/fake-engine'

/** Things a page may have done to the platform, each with its undoing. */
const PATCHES: Record<string, () => () => void> = {
  'toJSON everywhere': () => {
    const all = [Array.prototype, Object.prototype, String.prototype, Number.prototype]
    for (const prototype of all) define(prototype, 'toJSON', { value: () => 'PATCHED' })
    return () => {
      for (const prototype of all) Reflect.deleteProperty(prototype, 'toJSON')
    }
  },
  'setters and getters on Object.prototype': () => {
    const names = ['type', 'payload', 'level', 'source', 'data', 't', 'n', 'secret', '0']
    const set = () => {
      throw new Error('PATCHED')
    }
    for (const name of names) define(Object.prototype, name, { set, get: () => undefined })
    return () => {
      for (const name of names) Reflect.deleteProperty(Object.prototype, name)
    }
  },
  'values on Object.prototype': () => {
    const names = ['polluted', 'causedBy', 'input', 'redact', 'extra']
    for (const name of names) define(Object.prototype, name, { value: 'PATCHED', enumerable: true, writable: true })
    return () => {
      for (const name of names) Reflect.deleteProperty(Object.prototype, name)
    }
  },
  'JSON.stringify and parse': () => patch(JSON, ['stringify', 'parse']),
  'the clock': () => patch(performance, ['now']),
  'MessagePort.postMessage': () => patch(MessagePort.prototype, ['postMessage']),
  'Array methods': () => patch(Array.prototype, ['push', 'map', 'slice', 'indexOf']),
  'Object functions': () => patch(Object, ['keys', 'getOwnPropertyDescriptor', 'getPrototypeOf', 'entries']),
  'Reflect.apply': () => patch(Reflect, ['apply']),
  'Array.isArray': () => patch(Array, ['isArray']),
}

function define(on: object, name: PropertyKey, descriptor: PropertyDescriptor): void {
  Object.defineProperty(on, name, { configurable: true, ...descriptor })
}

function patch(on: object, names: string[]): () => void {
  const before = names.map(name => [name, Reflect.getOwnPropertyDescriptor(on, name)] as const)
  for (const name of names)
    define(on, name, {
      writable: true,
      value: () => {
        throw new Error('PATCHED')
      },
    })
  const { defineProperty } = Reflect
  const remove = Reflect.deleteProperty
  return () => {
    for (const [name, descriptor] of before)
      if (descriptor) defineProperty(on, name, descriptor)
      else remove(on, name)
  }
}

const PAYLOAD = { id: 7, list: [1, 'two', null], inner: { date: new Date(0), on: true }, password: 'x' }
const TEXT =
  '{"id":7,"list":[1,"two",null],"inner":{"date":{"$ph":"date","v":"1970-01-01T00:00:00.000Z"},"on":true},"password":{"$ph":"redacted","v":"password"}}'

describe('in a page that patches the platform', () => {
  let undo = () => {}
  beforeEach(() => {
    vi.spyOn(console, 'warn').mockImplementation(() => {})
    vi.resetModules()
  })
  afterEach(() => {
    undo()
    undo = () => {}
    vi.restoreAllMocks()
  })

  /** Runs with the patches on; no test code that needs the platform runs meanwhile. */
  const patched = <T>(name: string, run: () => T): T => {
    undo = PATCHES[name]!()
    try {
      return run()
    } finally {
      undo()
      undo = () => {}
    }
  }

  // What a recorder calls of these is not kept from the page: it may lose events, and recovers.
  const LOSES = ['setters and getters on Object.prototype', 'Array methods']

  it.each(Object.keys(PATCHES))('after the SDK loaded, %s neither changes the recording nor the app', async name => {
    const { createRecorder } = await import('../index')
    const recorder = createRecorder({ enabled: true, name: 'test' })
    const engine = new FakeEngine()
    engine.connect(recorder)
    await settle()
    const run = recorder.middleware()
    run({ type: 'warm', payload: PAYLOAD }, () => {})
    let handled = 0
    const answer = patched(name, () => {
      run({ type: 'bus', payload: PAYLOAD }, () => handled++)
      recorder.record('own', PAYLOAD)
      return recorder.within('x', () => 42)
    })
    expect([handled, answer]).toEqual([1, 42])
    await settle()
    run({ type: 'after', payload: PAYLOAD }, () => {})
    recorder.dispose()
    await settle()
    const all = engine.list().map(({ type, payload }) => `${type} ${payload}`)
    const ends = [`warm ${TEXT}`, `after ${TEXT}`]
    if (LOSES.includes(name)) expect([all[0], all.at(-1)]).toEqual(ends)
    else expect(all).toEqual([ends[0], `bus ${TEXT}`, `own ${TEXT}`, ends[1]])
    expect(engine.list().at(-1)?.n).toBe(engine.emitted)
    expect(engine.list().length + engine.missing()).toBe(engine.emitted)
  })

  it.each(['toJSON everywhere', 'setters and getters on Object.prototype', 'values on Object.prototype', 'the clock'])(
    'before the SDK loads, %s does not break the app',
    async name => {
      const { createRecorder } = await import('../index')
      let handled = 0
      const recorder = patched(name, () => {
        const recorder = createRecorder({ enabled: true, name: 'test' })
        const run = recorder.middleware()
        run({ type: 'bus', payload: PAYLOAD }, () => handled++)
        recorder.record('own', PAYLOAD)
        recorder.mark('m')
        recorder.state('s', { get: () => PAYLOAD, set() {} })
        return recorder
      })
      expect(handled).toBe(1)
      recorder.dispose()
    },
  )
})
