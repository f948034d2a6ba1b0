import type { Adapter } from '../api/adapter'
import { recordMethod } from './record-method'
import { typeNames } from './type-names'

/** The part of mitt's `Emitter<Events>` that the adapter needs. */
export interface MittLike {
  readonly all: { keys(): Iterable<unknown> }
  on(type: '*', handler: never): void
  off(type: '*', handler: never): void
  emit(type: never, event: never): void
}

export interface MittOptions {
  /**
   * True: the adapter listens on `*` instead of wrapping `emit`, for apps that took `emit` out of the emitter before the adapter came. It
   * then hears an event after the type's own handlers, is visible in `emitter.all`, and cannot replay.
   */
  listen?: boolean
}

/** Records a mitt emitter by wrapping `emit` on the instance: an `emit` taken out of it earlier goes by unseen (see `listen`). */
export function mittAdapter(emitter: MittLike, { listen = false }: MittOptions = {}): Adapter {
  const names = typeNames()
  if (listen) {
    return {
      name: 'mitt',
      bus: emitter,
      part: 'listen',
      observeOnly: true,
      connect(tap) {
        const hear = (type: unknown, event: unknown) => tap.heard(names.of(type), event)
        emitter.on('*', hear as never)
        return () => emitter.off('*', hear as never)
      },
    }
  }
  return {
    name: 'mitt',
    bus: emitter,
    connect: tap => recordMethod(tap, emitter, 'emit', args => ({ type: names.of(args[0]), payload: args[1] })),
    replay({ type, payload }) {
      const emit = emitter.emit as (type: unknown, event: unknown) => void
      emit.call(emitter, names.back(type, emitter.all.keys()), payload)
    },
  }
}
