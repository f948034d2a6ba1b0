import type { Adapter } from '../api/adapter'
import { quietly } from './quietly'
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
  /** The type of all events, or a function that takes it from the value. */
  type: string | ((value: T) => string)
}

/**
 * Records a Subject by wrapping `next` on the instance. RxJS reports a throwing subscriber in a task of its own, so such events do not
 * carry the `threw` flag.
 */
export function rxjsSubjectAdapter<T>(subject: SubjectLike<T>, { type }: StreamOptions<T>): Adapter {
  return {
    name: 'rxjs-subject',
    connect: tap =>
      wrapMethod(subject, 'next', (next, self, args) =>
        tap.around(typeOf(type, args[0] as T), args[0], () => next.apply(self, args)),
      ),
    replay({ payload }) {
      subject.next(payload as T)
    },
  }
}

/** Records an Observable by subscribing to it. That starts a cold observable once more, so give it a hot one. It cannot be replayed. */
export function rxjsObservableAdapter<T>(observable: ObservableLike<T>, { type }: StreamOptions<T>): Adapter {
  return {
    name: 'rxjs-observable',
    observeOnly: true,
    connect(tap) {
      const ignore = () => {}
      const next = (value: T) => tap.heard(typeOf(type, value), value)
      const subscription = observable.subscribe({ next, error: ignore, complete: ignore })
      return () => subscription.unsubscribe()
    },
  }
}

function typeOf<T>(type: string | ((value: T) => string), value: T): string {
  if (typeof type === 'string') return type
  return quietly(() => String(type(value)), 'next')
}
