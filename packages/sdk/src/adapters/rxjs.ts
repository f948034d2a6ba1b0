import type { Adapter, Tap } from '../api/adapter'
import { quietly } from './quietly'
import { recordMethod } from './record-method'
import { wrapMethod } from './wrap'

/** The parts of RxJS's `Subject<T>` and `Observable<T>` that the adapters need. */
export interface SubjectLike<T> {
  next(value: T): void
}
export interface ObservableLike<T> {
  subscribe(observer: { next: (value: T) => void; error: (error: unknown) => void; complete: () => void }): {
    unsubscribe(): void
  }
  /** Never called. The compiler infers `T` from it, because `subscribe` has too many overloads for that. */
  forEach(next: (value: T) => void): Promise<void>
}

export interface StreamOptions<T> {
  /** The type of all events, or a function that takes it from the value. The end of the stream is of type `type:error` or `type:complete`. */
  type: string | ((value: T) => string)
}

/**
 * Records a Subject by wrapping `next`, `error`, `complete` and `unsubscribe` on the instance. RxJS reports a throwing subscriber in a task of
 * its own, so such events do not carry the `threw` flag.
 */
export function rxjsSubjectAdapter<T>(subject: SubjectLike<T>, { type }: StreamOptions<T>): Adapter {
  const endings: Record<string, unknown> = subject as object as Record<string, unknown>
  const name = endName(type)
  return {
    name: 'rxjs-subject',
    bus: subject,
    connect(tap) {
      const stops = [
        recordMethod(tap, subject, 'next', args => ({ type: typeOf(type, args[0] as T), payload: args[0] })),
      ]
      for (const ending of ['error', 'complete', 'unsubscribe'])
        if (typeof endings[ending] === 'function')
          stops.push(recordMethod(tap, subject, ending, args => ({ type: `${name}:${ending}`, payload: args[0] })))
      return () => {
        for (const stop of stops) stop()
      }
    },
    replay({ type: recorded, payload }) {
      const ending = recorded.slice(name.length + 1)
      const end = recorded.startsWith(`${name}:`) ? endings[ending] : undefined
      if (typeof end === 'function') end.call(subject, payload)
      else subject.next(payload as T)
    },
  }
}

/**
 * Records what an Observable gives to its subscribers, by listening along with the first one that is there. It starts nothing of its own and keeps
 * nothing alive: where nobody subscribes, nothing is recorded. A Subject's `asObservable()` is heard by itself. It cannot be replayed.
 */
export function rxjsObservableAdapter<T>(observable: ObservableLike<T>, { type }: StreamOptions<T>): Adapter {
  return {
    name: 'rxjs-observable',
    bus: observable,
    observeOnly: true,
    connect: tap => (isSubjectView(observable) ? listen(tap, observable, type) : listenAlong(tap, observable, type)),
  }
}

/** Whether an observable is nothing but a view on a Subject, which runs no code of the app for a further subscriber. */
function isSubjectView(observable: unknown): boolean {
  const { source, operator } = observable as { source?: { next?: unknown; observers?: unknown }; operator?: unknown }
  return !operator && typeof source?.next === 'function' && Array.isArray(source.observers)
}

function listen<T>(tap: Tap, observable: ObservableLike<T>, type: StreamOptions<T>['type']): () => void {
  const subscription = observable.subscribe(heardOf(tap, type))
  return () => subscription.unsubscribe()
}

interface Observer {
  next?(value: unknown): void
  error?(error: unknown): void
  complete?(): void
  add?(teardown: () => void): void
}

/** Of the subscribers that are there, the one who came first is listened along with: each of a shared source gets the same. */
function listenAlong<T>(tap: Tap, observable: ObservableLike<T>, type: StreamOptions<T>['type']): () => void {
  const heard = heardOf(tap, type)
  const present: object[] = []
  const stop = wrapMethod(observable, 'subscribe', (subscribe, self, args) => {
    const [first, ...rest] = args as [unknown, ...unknown[]]
    const me = {}
    const tell =
      <A extends unknown[]>(what: (...args: A) => void) =>
      (...args: A) => {
        if (present[0] === me) what(...args)
      }
    const leave = () => {
      const at = present.indexOf(me)
      if (at >= 0) present.splice(at, 1)
    }
    const also = { next: tell(heard.next), error: tell(heard.error), complete: tell(heard.complete) }
    present.push(me)
    const subscription = subscribe.apply(self, [listeningAlong(first, rest, also), ...rest.slice(2)]) as Observer
    if ((subscription as { closed?: boolean }).closed) leave()
    else subscription.add?.(leave)
    return subscription
  })
  return () => {
    stop()
    present.length = 0
  }
}

/** Makes an observer that tells `also` and does what the app's does: a function, an object with any of the three, or a subscriber of an operator. */
function listeningAlong(given: unknown, rest: unknown[], also: Required<Omit<Observer, 'add'>>): unknown {
  if (isSubscriber(given)) {
    for (const key of ['next', 'error', 'complete'] as const) {
      const own = given[key] as (value?: unknown) => void
      const tell = also[key] as (value: unknown) => void
      given[key] = (value?: unknown) => {
        tell(value)
        own.call(given, value)
      }
    }
    return given
  }
  const [error, complete] = rest
  const observer = (typeof given === 'object' && given ? given : { next: given, error, complete }) as Observer
  const along: Observer = {
    next(value) {
      also.next(value)
      observer.next?.(value)
    },
    complete() {
      also.complete()
      observer.complete?.()
    },
  }
  // Without a handler of errors RxJS reports them, and must go on to do so.
  if (observer.error)
    along.error = reason => {
      also.error(reason)
      observer.error?.(reason)
    }
  return along
}

function isSubscriber(observer: unknown): observer is Required<Observer> {
  const { next, error, complete, add } = (observer ?? {}) as Observer
  return [next, error, complete, add].every(part => typeof part === 'function')
}

function heardOf<T>(tap: Tap, type: StreamOptions<T>['type']): Required<Omit<Observer, 'add'>> {
  const name = endName(type)
  return {
    next: value => void tap.heard(typeOf(type, value as T), value),
    error: reason => void tap.heard(`${name}:error`, reason),
    complete: () => void tap.heard(`${name}:complete`, undefined),
  }
}

function endName<T>(type: StreamOptions<T>['type']): string {
  return typeof type === 'string' ? type : 'stream'
}

function typeOf<T>(type: string | ((value: T) => string), value: T): string {
  if (typeof type === 'string') return type
  return quietly(() => String(type(value)), 'next')
}
