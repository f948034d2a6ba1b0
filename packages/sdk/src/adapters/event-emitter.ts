import type { Adapter } from '../api/adapter'
import { argsOf, payloadOf } from './args'
import { aroundOr } from './around'
import { typeNames } from './type-names'
import { wrapMethod } from './wrap'

/** The part of Node's `EventEmitter` that the adapter needs; the `events` package and eventemitter3 have it too. */
export interface EventEmitterLike {
  emit(type: never, ...args: never[]): boolean
  eventNames(): Iterable<unknown>
}

/**
 * Records an emitter by wrapping `emit` on the instance; an `error` nobody handles throws as before. Several arguments are recorded as
 * `{ args: [...] }`. The emitter's own `newListener` and `removeListener` are not recorded.
 */
export function eventEmitterAdapter(emitter: EventEmitterLike): Adapter {
  const names = typeNames()
  return {
    name: 'event-emitter',
    connect: tap =>
      wrapMethod(emitter, 'emit', (emit, self, args) => {
        const [type, ...rest] = args
        if (type === 'newListener' || type === 'removeListener') return emit.apply(self, args)
        return aroundOr(tap, names.of(type), payloadOf(rest), () => emit.apply(self, args), false)
      }),
    replay({ type, payload }) {
      const emit = emitter.emit as (type: unknown, ...args: unknown[]) => boolean
      emit.call(emitter, names.back(type, emitter.eventNames()), ...argsOf(payload))
    },
  }
}
