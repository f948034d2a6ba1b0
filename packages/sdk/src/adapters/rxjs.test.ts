import { BehaviorSubject, interval, map, Observable, of, ReplaySubject, Subject, share } from 'rxjs'
import { describe, expect, it } from 'vitest'
import { rxjsObservableAdapter, rxjsSubjectAdapter } from './rxjs'
import { tape } from './testing/tape'

type Message = { kind: 'add' | 'remove'; id: number }
// `value` is inferred from the subject.
rxjsSubjectAdapter(new Subject<Message>(), { type: value => value.kind })
rxjsObservableAdapter(interval(1000).pipe(map(n => ({ n }))), { type: ({ n }) => String(n) })

describe('RxJS', () => {
  it('records what goes into a subject, also through another one, with causes', () => {
    const outer = new Subject<number>()
    const inner = new Subject<number>()
    const values: string[] = []
    outer.subscribe(n => values.push(`first ${n}`))
    outer.pipe(map(n => n * 10)).subscribe(inner)
    outer.subscribe(n => values.push(`last ${n}`))
    inner.subscribe(n => values.push(`inner ${n}`))
    const recorded = tape()
    rxjsSubjectAdapter(outer, { type: 'outer' }).connect(recorded)
    rxjsSubjectAdapter(inner, { type: 'inner' }).connect(recorded)
    outer.next(1)
    expect(values).toEqual(['first 1', 'inner 10', 'last 1'])
    expect(recorded.story()).toEqual(['outer', 'outer>inner'])
    expect(recorded.events.map(event => event.payload)).toEqual([1, 10])
  })

  it.each([
    ['Subject', () => new Subject<Message>()],
    ['BehaviorSubject', () => new BehaviorSubject<Message>({ kind: 'add', id: 0 })],
    ['ReplaySubject', () => new ReplaySubject<Message>(1)],
  ])('takes the type from the value, replays and detaches: %s', (_name, create) => {
    const subject = create()
    const before = subject.next
    const recorded = tape()
    const adapter = rxjsSubjectAdapter(subject, { type: value => value.kind })
    const detach = adapter.connect(recorded)
    const seen: Message[] = []
    subject.subscribe(value => seen.push(value))
    seen.length = 0
    subject.next({ kind: 'remove', id: 1 })
    adapter.replay?.({ type: 'remove', source: '', payload: { kind: 'remove', id: 2 } })
    subject.next(null as unknown as Message)
    expect(recorded.story()).toEqual(['remove', 'remove', 'next'])
    expect(seen).toEqual([{ kind: 'remove', id: 1 }, { kind: 'remove', id: 2 }, null])
    detach()
    expect(subject.next).toBe(before)
    expect(Object.hasOwn(subject, 'next')).toBe(false)
  })

  it('listens to an observable and lets go', () => {
    const hot = new Subject<number>()
    const recorded = tape()
    const adapter = rxjsObservableAdapter(hot.asObservable(), { type: 'n' })
    expect(adapter.replay).toBeUndefined()
    const detach = adapter.connect(recorded)
    hot.next(1)
    expect(recorded.events).toMatchObject([{ type: 'n', payload: 1, heard: true }])
    detach()
    expect(hot.observed).toBe(false)
  })

  it('listens along with the first subscriber, starts nothing and keeps nothing alive', () => {
    let running = 0
    let started = 0
    const source = new Observable<number>(subscriber => {
      started++
      running++
      subscriber.next(started)
      return () => running--
    }).pipe(share())
    const recorded = tape()
    const detach = rxjsObservableAdapter(source, { type: 'n' }).connect(recorded)
    expect(started).toBe(0)
    const values: number[] = []
    const first = source.subscribe(value => values.push(value))
    const second = source.pipe(map(value => -value)).subscribe(value => values.push(value))
    expect([started, running, values]).toEqual([1, 1, [1]])
    first.unsubscribe()
    expect(running).toBe(1)
    second.unsubscribe()
    expect(running).toBe(0)
    source.pipe(map(value => -value)).subscribe(value => values.push(value))
    detach()
    expect(values).toEqual([1, -2])
    expect(recorded.events.map(event => event.payload)).toEqual([1, 2])
    expect(Object.hasOwn(source, 'subscribe')).toBe(false)
  })

  it('records how a stream ends', () => {
    const recorded = tape()
    const failing = new Subject<number>()
    const adapter = rxjsSubjectAdapter(failing, { type: 'n' })
    adapter.connect(recorded)
    failing.subscribe({ error: () => {} })
    failing.next(1)
    failing.error(new Error('no'))
    const cold = of(1)
    rxjsObservableAdapter(cold as Observable<number>, { type: value => `cold ${value}` }).connect(recorded)
    cold.subscribe()
    expect(recorded.story()).toEqual(['n', 'n:error', 'cold 1', 'stream:complete'])
    expect(recorded.events[1]?.payload).toBeInstanceOf(Error)
    const again = new Subject<number>()
    let completed = false
    again.subscribe({ complete: () => (completed = true) })
    rxjsSubjectAdapter(again, { type: 'n' }).replay?.({ type: 'n:complete', source: '', payload: undefined })
    expect(completed).toBe(true)
  })
})
