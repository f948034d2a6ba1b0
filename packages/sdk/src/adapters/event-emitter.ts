import type { Adapter } from '../api/adapter'
import { argsOf, payloadOf } from './args'
import { type MethodEvent, recordMethod } from './record-method'
import { recordWithSuper } from './super-calls'
import { typeNames } from './type-names'

/**
 * The part of Node's `EventEmitter` that the adapter needs; the `events` package, eventemitter3, EventEmitter2, tiny-emitter and nanoevents
 * have it too. `eventNames` finds the types that are symbols or numbers in a replay.
 */
export interface EventEmitterLike {
  emit(type: never, ...args: never[]): unknown
  eventNames?(): Iterable<unknown>
}

/**
 * Records an emitter by wrapping `emit` on the instance; an `error` nobody handles throws as before. Several arguments are recorded as
 * `{ args: [...] }`. The emitter's own `newListener` and `removeListener` are not recorded. What a class emits through `super` is recorded, and
 * `emitAsync` (EventEmitter2), which lasts until its promise settles.
 */
export function eventEmitterAdapter(emitter: EventEmitterLike): Adapter {
  const names = typeNames()
  const eventOf = ([type, ...rest]: unknown[]): MethodEvent | undefined => {
    if (type === 'newListener' || type === 'removeListener') return undefined
    // EventEmitter2 takes a path of names as well.
    return { type: Array.isArray(type) ? type.map(names.of).join('.') : names.of(type), payload: payloadOf(rest) }
  }
  const returnsNothing = !('eventNames' in emitter)
  return {
    name: 'event-emitter',
    bus: emitter,
    connect(tap) {
      const stops = [recordWithSuper(tap, emitter, 'emit', eventOf, () => (returnsNothing ? emitter : false))]
      if (typeof (emitter as { emitAsync?: unknown }).emitAsync === 'function')
        stops.push(recordMethod(tap, emitter, 'emitAsync', eventOf, { settles: true, held: () => Promise.resolve([]) }))
      return () => {
        for (const stop of stops) stop()
      }
    },
    replay({ type, payload }) {
      const emit = emitter.emit as (type: unknown, ...args: unknown[]) => unknown
      emit.call(emitter, names.back(type, emitter.eventNames?.() ?? []), ...argsOf(payload))
    },
  }
}
