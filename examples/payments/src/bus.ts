import mitt, { type Emitter } from 'mitt'
import type { Events } from './model/events'

export type Bus = Emitter<Events>

/** The app changes only by handling events of this bus. */
export function createBus(): Bus {
  return mitt<Events>()
}
