import mitt, { type Emitter } from 'mitt'
import type { Events } from './model/events'

export type Bus = Emitter<Events>

/** The bus of the app. Its state changes only in handlers of these events. */
export function createBus(): Bus {
  return mitt<Events>()
}
