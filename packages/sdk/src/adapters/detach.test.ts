import { EventEmitter } from 'node:events'
import mitt from 'mitt'
import { describe, expect, it } from 'vitest'
import { create, story } from '../testing/recorders'
import { eventEmitterAdapter } from './event-emitter'
import { mittAdapter } from './mitt'

/** A tool that wraps a method as tools do, and assigns what it found when it goes. */
function tool(bus: object, key: string, { defines = false } = {}) {
  const methods = bus as Record<string, (...args: unknown[]) => unknown>
  const found = methods[key] as (...args: unknown[]) => unknown
  const own = Object.getOwnPropertyDescriptor(bus, key)
  let calls = 0
  methods[key] = function (this: unknown, ...args: unknown[]) {
    calls++
    return found.apply(this, args)
  }
  return {
    calls: () => calls,
    remove() {
      if (!defines) methods[key] = found
      else if (own) Object.defineProperty(bus, key, own)
      else delete methods[key]
    },
  }
}

const keysOf = (bus: object) =>
  JSON.stringify(Object.entries(Object.getOwnPropertyDescriptors(bus)).map(([key, { value }]) => [key, typeof value]))

describe('after detaching', () => {
  it.each([
    ['ours, then the tool', ['ours', 'tool']],
    ['the tool, then ours', ['tool', 'ours']],
  ])('a bus is as it was, with the wrapper of another tool above: %s', (_order, order) => {
    for (const inherited of [true, false]) {
      const bus = inherited ? new EventEmitter() : mitt()
      const before = keysOf(bus)
      const { emit } = bus
      const emitLate = () => (bus as EventEmitter).emit('late')
      const recorder = create()
      const detach = recorder.attach(
        inherited ? eventEmitterAdapter(bus as EventEmitter) : mittAdapter(bus as ReturnType<typeof mitt>),
      )
      const other = tool(bus, 'emit')
      for (const who of order) {
        if (who === 'ours') detach()
        else other.remove()
        emitLate()
      }
      expect(bus.emit).toBe(emit)
      expect(keysOf(bus)).toBe(before)
      expect(other.calls()).toBe(order[0] === 'ours' ? 1 : 0)
    }
  })

  it('a bus is as it was when a tool that defines the property goes last, from the next emit on at the latest', () => {
    const bus = new EventEmitter()
    const { emit } = bus
    const detach = create().attach(eventEmitterAdapter(bus))
    const other = tool(bus, 'emit', { defines: true })
    detach()
    other.remove()
    bus.emit('late')
    expect(bus.emit).toBe(emit)
    expect(Object.hasOwn(bus, 'emit')).toBe(false)
  })

  it('a tool that came first may go first: recording ends with it, and nothing is left', () => {
    const bus = new EventEmitter()
    const { emit } = bus
    const other = tool(bus, 'emit', { defines: true })
    const recorder = create()
    const detach = recorder.attach(eventEmitterAdapter(bus))
    other.remove()
    bus.emit('a')
    detach()
    expect(bus.emit).toBe(emit)
    expect(Object.hasOwn(bus, 'emit')).toBe(false)
  })

  it('an emit that was bound while it was recorded goes on to work, unrecorded', () => {
    const bus = new EventEmitter()
    const recorder = create()
    const detach = recorder.attach(eventEmitterAdapter(bus))
    const emit = bus.emit.bind(bus)
    let heard = 0
    bus.on('a', () => heard++)
    emit('a')
    detach()
    emit('a')
    expect([heard, story(recorder)]).toEqual([2, 'a'])
  })

  it('dispose leaves the bus as it was, whatever is attached twice', () => {
    const bus = new EventEmitter()
    const { emit } = bus
    const recorder = create()
    recorder.attach(eventEmitterAdapter(bus))
    recorder.attach(eventEmitterAdapter(bus))
    create({ name: 'another' }).attach(eventEmitterAdapter(bus))()
    recorder.dispose()
    expect(bus.emit).toBe(emit)
  })
})
