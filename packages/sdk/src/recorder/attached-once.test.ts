import { EventEmitter } from 'node:events'
import mitt from 'mitt'
import { describe, expect, it, vi } from 'vitest'
import { eventEmitterAdapter } from '../adapters/event-emitter'
import { eventTargetAdapter } from '../adapters/event-target'
import { methodAdapter } from '../adapters/method'
import { mittAdapter } from '../adapters/mitt'
import type { Adapter } from '../api/adapter'
import { create, story } from '../testing/recorders'

const warnings = vi.hoisted(() => [] as string[])
vi.mock('../page/natives', async original => ({
  ...(await original<typeof import('../page/natives')>()),
  warnOnce: (message: string) => warnings.push(message),
}))

const BUSES: Record<string, () => { adapter(): Adapter; emit(): unknown }> = {
  mitt() {
    const bus = mitt()
    return { adapter: () => mittAdapter(bus), emit: () => bus.emit('a') }
  },
  'mitt, listening'() {
    const bus = mitt()
    return { adapter: () => mittAdapter(bus, { listen: true }), emit: () => bus.emit('a') }
  },
  EventEmitter() {
    const bus = new EventEmitter()
    return { adapter: () => eventEmitterAdapter(bus), emit: () => bus.emit('a') }
  },
  'EventTarget, heard with other types'() {
    const bus = new EventTarget()
    let types = ['a']
    return {
      adapter: () => eventTargetAdapter(bus, (types = [...types, 'b'])),
      emit: () => bus.dispatchEvent(new Event('a')),
    }
  },
  'a method'() {
    const bus = { publish() {} }
    return { adapter: () => methodAdapter(bus, 'publish', { type: 'a' }), emit: () => bus.publish() }
  },
  'an adapter of the app’s own'() {
    let record: (() => void) | undefined
    const adapter: Adapter = {
      name: 'own',
      connect(tap) {
        const inner = record
        record = () => {
          inner?.()
          tap.heard('a', 1)
        }
        return () => {
          record = inner
        }
      },
    }
    return { adapter: () => adapter, emit: () => record?.() }
  },
}

describe.each(Object.entries(BUSES))('%s, attached twice', (name, make) => {
  it('by one recorder records each event once, until both are detached', () => {
    warnings.length = 0
    const { adapter, emit } = make()
    const recorder = create()
    const first = recorder.attach(adapter())
    const second = recorder.attach(adapter())
    emit()
    first()
    first()
    emit()
    second()
    emit()
    expect(story(recorder)).toBe('a a')
    if (!name.startsWith('EventTarget')) expect(warnings.join()).toContain('attached to this bus already')
  })

  it('by recorders of one name, as after a hot reload, is taken over by the newer one', () => {
    const { adapter, emit } = make()
    const old = create({ name: 'app' })
    const detach = old.attach(adapter())
    emit()
    const fresh = create({ name: 'app' })
    fresh.attach(adapter())
    detach()
    emit()
    expect([story(old), story(fresh)]).toEqual(['a', 'a'])
  })

  it('by two recorders of different names is recorded by both', () => {
    const { adapter, emit } = make()
    const one = create({ name: 'one' })
    const two = create({ name: 'two' })
    one.attach(adapter())
    two.attach(adapter())
    emit()
    expect([story(one), story(two)]).toEqual(['a', 'a'])
  })
})
