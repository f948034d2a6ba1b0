import mitt, { type Emitter } from 'mitt'
import { describe, expect, it } from 'vitest'
import { mittAdapter } from './mitt'
import { holdingTape, tape } from './testing/tape'

const odd = Symbol('odd')
type Events = { a: number; b: { x: number }; c: undefined; [odd]: string }

function app() {
  const bus: Emitter<Events> = mitt<Events>()
  const calls: string[] = []
  bus.on('a', n => calls.push(`a1:${n}`))
  bus.on('a', n => bus.emit('b', { x: n }))
  bus.on('a', n => calls.push(`a3:${n}`))
  bus.on('b', ({ x }) => calls.push(`b:${x}`))
  bus.on('*', type => calls.push(`*:${String(type)}`))
  return { bus, calls }
}

const counts = (bus: Emitter<Events>) => [...bus.all].map(([type, handlers]) => [type, handlers?.length])

describe('mitt', () => {
  it('records before the handlers run, with the cause of what they emit, and changes neither order nor counts', () => {
    const plain = app()
    plain.bus.emit('a', 1)
    const { bus, calls } = app()
    const before = counts(bus)
    const recorded = tape()
    mittAdapter(bus).connect(recorded)
    expect(counts(bus)).toEqual(before)
    bus.emit('a', 1)
    expect(calls).toEqual(plain.calls)
    expect(recorded.story()).toEqual(['a', 'a>b'])
    expect(recorded.events[1]?.payload).toEqual({ x: 1 })
  })

  it('has recorded the event when its first handler runs', () => {
    const bus = mitt<Events>()
    const recorded = tape()
    const seen: number[] = []
    bus.on('a', () => seen.push(recorded.events.length))
    mittAdapter(bus).connect(recorded)
    bus.emit('a', 1)
    expect(seen).toEqual([1])
  })

  it('passes what a handler throws', () => {
    const { bus } = app()
    const recorded = tape()
    bus.on('a', () => {
      throw new RangeError('handler')
    })
    mittAdapter(bus).connect(recorded)
    expect(() => bus.emit('a', 1)).toThrow(RangeError)
    expect(recorded.events[0]?.threw).toBe(true)
  })

  it('puts back the same function, in whatever order two attachments go', () => {
    for (const order of [
      [0, 1],
      [1, 0],
    ]) {
      const { bus } = app()
      const before = bus.emit
      const keys = Object.keys(bus)
      const tapes = [tape(), tape()]
      const detach = tapes.map(one => mittAdapter(bus).connect(one))
      bus.emit('c')
      expect(tapes.map(one => one.events.length)).toEqual([1, 1])
      detach[order[0] as number]?.()
      bus.emit('c')
      expect(tapes[order[0] as number]?.events.length).toBe(1)
      expect(tapes[order[1] as number]?.events.length).toBe(2)
      detach[order[1] as number]?.()
      expect(bus.emit).toBe(before)
      expect(Object.keys(bus)).toEqual(keys)
      detach[0]?.()
      expect(bus.emit).toBe(before)
    }
  })

  it('stays as a pass-through under a wrapper that came later', () => {
    const { bus, calls } = app()
    const recorded = tape()
    const detach = mittAdapter(bus).connect(recorded)
    const ours = bus.emit
    const theirs = ((type: 'c') => ours(type)) as typeof bus.emit
    bus.emit = theirs
    detach()
    expect(bus.emit).toBe(theirs)
    bus.emit('c')
    expect(calls).toEqual(['*:c'])
    expect(recorded.events).toEqual([])
  })

  it('finds numbers again', () => {
    const bus = mitt<Record<string | number, string>>()
    const seen: string[] = []
    bus.on(7 as never, text => seen.push(`7 ${text}`))
    bus.on('8', text => seen.push(`8 ${text}`))
    const adapter = mittAdapter(bus)
    const recorded = tape()
    adapter.connect(recorded)
    bus.emit(7 as never, 'x')
    bus.emit('8', 'y')
    for (const { type, payload } of [...recorded.events]) adapter.replay?.({ type, payload, source: '' })
    expect(seen).toEqual(['7 x', '8 y', '7 x', '8 y'])
  })

  it('names symbols and finds them again', () => {
    const { bus, calls } = app()
    const recorded = tape()
    const adapter = mittAdapter(bus)
    adapter.connect(recorded)
    bus.on(odd, text => calls.push(text))
    adapter.replay?.({ type: 'Symbol(odd)', source: '', payload: 'hello' })
    expect(calls).toContain('hello')
    expect(recorded.events[0]?.type).toBe('Symbol(odd)')
    expect(() => adapter.replay?.({ type: 'Symbol(other)', source: '', payload: 1 })).toThrow('not known here')
  })

  it('refuses a frozen emitter without touching it', () => {
    const bus = Object.freeze(mitt<Events>())
    expect(() => mittAdapter(bus).connect(tape())).toThrow(TypeError)
  })

  it('dispatches nothing that is held', () => {
    const { bus, calls } = app()
    mittAdapter(bus).connect(holdingTape())
    bus.emit('a', 1)
    expect(calls).toEqual([])
  })

  it('listens where emit was taken out of the emitter before', () => {
    const { bus } = app()
    const { emit } = bus
    const recorded = tape()
    const adapter = mittAdapter(bus, { listen: true })
    expect(adapter.replay).toBeUndefined()
    const detach = adapter.connect(recorded)
    emit('c')
    expect(recorded.events).toMatchObject([{ type: 'c', heard: true }])
    expect(bus.all.get('*')?.length).toBe(2)
    detach()
    expect(bus.all.get('*')?.length).toBe(1)
    expect(bus.emit).toBe(emit)
  })
})
