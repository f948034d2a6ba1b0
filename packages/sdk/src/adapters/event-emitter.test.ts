import { EventEmitter as NodeEmitter } from 'node:events'
import { createRequire } from 'node:module'
import { EventEmitter as Emitter3 } from 'eventemitter3'
import { describe, expect, it } from 'vitest'
import { eventEmitterAdapter } from './event-emitter'
import { holdingTape, tape } from './testing/tape'

// The slash asks for the package: without it Node gives its own module.
const Package = createRequire(import.meta.url)('events/') as typeof NodeEmitter

// Typed emitters are taken as they are.
eventEmitterAdapter(new Emitter3<{ a: (n: number, text: string) => void; b: [boolean] }>())
eventEmitterAdapter(new NodeEmitter<{ a: [number, string] }>())

const kinds: [string, () => NodeEmitter][] = [
  ['node:events', () => new NodeEmitter()],
  ['events', () => new Package()],
  ['eventemitter3', () => new Emitter3() as unknown as NodeEmitter],
]

describe.each(kinds)('%s', (name, create) => {
  function app() {
    const bus = create()
    const calls: unknown[] = []
    bus.on('a', (...args) => calls.push(['a1', ...args]))
    bus.once('a', () => bus.emit('b', 1, 2))
    bus.on('a', () => calls.push(['a3']))
    bus.on('b', (...args) => calls.push(['b', ...args]))
    return { bus, calls }
  }

  it('records with causes and changes neither order, counts, once nor the result', () => {
    const plain = app()
    const results = [plain.bus.emit('a', 1), plain.bus.emit('a', 2), plain.bus.emit('none')]
    const { bus, calls } = app()
    const recorded = tape()
    eventEmitterAdapter(bus).connect(recorded)
    expect([bus.listenerCount('a'), bus.listenerCount('b')]).toEqual([3, 1])
    expect([bus.emit('a', 1), bus.emit('a', 2), bus.emit('none')]).toEqual(results)
    expect(calls).toEqual(plain.calls)
    expect(bus.listenerCount('a')).toBe(plain.bus.listenerCount('a'))
    expect(recorded.story()).toEqual(['a', 'a>b', 'a', 'none'])
  })

  it('gives arguments back as they were', () => {
    const lists: unknown[][] = [
      [],
      [undefined],
      [1],
      [1, 2],
      [null],
      [[1, 2]],
      [{ args: [1] }],
      [{ args: [1], more: 1 }],
    ]
    for (const list of lists) {
      const bus = create()
      const recorded = tape()
      const adapter = eventEmitterAdapter(bus)
      adapter.connect(recorded)
      bus.emit('x', ...list)
      const again: unknown[][] = []
      bus.on('x', (...args) => again.push(args))
      adapter.replay?.({ type: 'x', source: '', payload: recorded.events[0]?.payload })
      expect(again).toEqual([list])
      expect(recorded.events[1]?.payload).toEqual(recorded.events[0]?.payload)
    }
  })

  it('leaves errors alone', () => {
    const { bus } = app()
    const recorded = tape()
    eventEmitterAdapter(bus).connect(recorded)
    bus.on('bad', () => {
      throw new RangeError('handler')
    })
    expect(() => bus.emit('bad')).toThrow(RangeError)
    expect(recorded.events[0]?.threw).toBe(true)
    const unhandled = () => bus.emit('error', new SyntaxError('nobody listens'))
    if (name === 'eventemitter3') expect(unhandled()).toBe(false)
    else expect(unhandled).toThrow(SyntaxError)
    expect(recorded.events[1]?.type).toBe('error')
  })

  it('is inherited again after detach', () => {
    const { bus } = app()
    const before = bus.emit
    const detach = eventEmitterAdapter(bus).connect(tape())
    expect(bus.emit).not.toBe(before)
    detach()
    expect(bus.emit).toBe(before)
    expect(Object.hasOwn(bus, 'emit')).toBe(false)
  })

  it('finds symbols again and does not record what the emitter says of itself', () => {
    const bus = create()
    const type = Symbol('tick')
    const recorded = tape()
    const adapter = eventEmitterAdapter(bus)
    adapter.connect(recorded)
    bus.on('newListener', () => {})
    const seen: unknown[] = []
    bus.on(type, value => seen.push(value))
    adapter.replay?.({ type: 'Symbol(tick)', source: '', payload: 5 })
    expect(seen).toEqual([5])
    expect(recorded.story()).toEqual(['Symbol(tick)'])
  })

  it('dispatches nothing that is held', () => {
    const { bus, calls } = app()
    eventEmitterAdapter(bus).connect(holdingTape())
    expect(bus.emit('a')).toBe(false)
    expect(calls).toEqual([])
  })
})
