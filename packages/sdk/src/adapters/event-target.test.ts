import { describe, expect, it } from 'vitest'
import { eventTargetAdapter } from './event-target'
import { tape } from './testing/tape'

class Moved extends Event {
  constructor(readonly row: number) {
    super('moved')
  }
}

describe('EventTarget', () => {
  it('records own events with causes, results and order untouched', () => {
    const target = new EventTarget()
    const calls: string[] = []
    target.addEventListener('a', () => calls.push('a1'))
    target.addEventListener('a', () => target.dispatchEvent(new CustomEvent('b', { detail: { x: 1 } })), { once: true })
    target.addEventListener('a', event => event.preventDefault())
    target.addEventListener('b', () => calls.push('b'))
    const recorded = tape()
    const detach = eventTargetAdapter(target).connect(recorded)
    expect(target.dispatchEvent(new Event('a', { cancelable: true }))).toBe(false)
    expect(target.dispatchEvent(new Event('a'))).toBe(true)
    expect(calls).toEqual(['a1', 'b', 'a1'])
    expect(recorded.story()).toEqual(['a', 'a>b', 'a'])
    expect(recorded.events[1]?.payload).toEqual({ x: 1 })
    detach()
    expect(Object.hasOwn(target, 'dispatchEvent')).toBe(false)
    expect(target.dispatchEvent).toBe(EventTarget.prototype.dispatchEvent)
  })

  it('throws what dispatchEvent throws', () => {
    const target = new EventTarget()
    eventTargetAdapter(target).connect(tape())
    expect(() => target.dispatchEvent('no event' as unknown as Event)).toThrow(TypeError)
  })

  it('hears events others dispatch, once, and stops when detached', () => {
    const target = new EventTarget()
    const browser = (type: string) => EventTarget.prototype.dispatchEvent.call(target, new Event(type))
    const recorded = tape()
    const detach = eventTargetAdapter(target, ['click', 'own']).connect(recorded)
    target.dispatchEvent(new CustomEvent('own'))
    browser('click')
    expect(recorded.events).toMatchObject([
      { type: 'own', heard: false },
      { type: 'click', heard: true },
    ])
    detach()
    browser('click')
    target.dispatchEvent(new CustomEvent('own'))
    expect(recorded.events.length).toBe(2)
  })

  it('dispatches a recorded event again, made like the last of its type', () => {
    const target = new EventTarget()
    const adapter = eventTargetAdapter(target)
    adapter.connect(tape())
    target.dispatchEvent(new CustomEvent('pick', { detail: 1, bubbles: true, cancelable: true }))
    target.dispatchEvent(new Event('plain'))
    const seen: Event[] = []
    for (const type of ['pick', 'plain', 'fresh', 'moved']) target.addEventListener(type, event => seen.push(event))
    adapter.replay?.({ type: 'pick', source: '', payload: { row: 2 } })
    adapter.replay?.({ type: 'plain', source: '', payload: undefined })
    adapter.replay?.({ type: 'fresh', source: '', payload: 3 })
    expect(seen.map(event => [event.type, (event as CustomEvent).detail, event.bubbles, event.cancelable])).toEqual([
      ['pick', { row: 2 }, true, true],
      ['plain', undefined, false, false],
      ['fresh', 3, false, false],
    ])
    target.dispatchEvent(new Moved(4))
    expect(() => adapter.replay?.({ type: 'moved', source: '', payload: { row: 4 } })).toThrow('create()')
  })

  it('records fields of own classes and makes them with create', () => {
    const target = new EventTarget()
    const recorded = tape()
    const adapter = eventTargetAdapter(target, [], {
      create: ({ payload }) => new Moved((payload as { row: number }).row),
    })
    adapter.connect(recorded)
    target.dispatchEvent(new Moved(4))
    expect(recorded.events[0]?.payload).toEqual({ row: 4 })
    const rows: number[] = []
    target.addEventListener('moved', event => rows.push((event as Moved).row))
    adapter.replay?.({ type: 'moved', source: '', payload: recorded.events[0]?.payload })
    expect(rows).toEqual([4])
  })

  it('keeps a throwing payload function to itself', () => {
    const target = new EventTarget()
    const recorded = tape()
    eventTargetAdapter(target, [], {
      payload: () => {
        throw new Error('ours')
      },
    }).connect(recorded)
    expect(target.dispatchEvent(new Event('a'))).toBe(true)
    expect(recorded.events).toMatchObject([{ type: 'a', payload: undefined }])
  })
})
