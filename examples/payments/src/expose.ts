import type { Bus } from './bus'
import type { State } from './model/types'
import type { Store } from './store'

export interface Exposed {
  state(): State
  bus: Bus
}

/**
 * Gives end-to-end tests the whole state, of which the page shows only a part, and the bus to emit on. Only with `?expose`, because an app
 * that is recorded should look like any other, without globals.
 */
export function expose(bus: Bus, store: Store): void {
  const exposed: Exposed = { state: store.get, bus }
  Object.assign(globalThis, { payments: exposed })
}
