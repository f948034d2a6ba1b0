import type { Bus } from './bus'
import type { State } from './model/types'
import type { Store } from './store'

export interface Exposed {
  state(): State
  bus: Bus
}

/**
 * For end-to-end tests, which compare the whole state and emit from outside: the page shows only part of the state. Behind `?expose`
 * because an app under a recorder should look like any other, without globals.
 */
export function expose(bus: Bus, store: Store): void {
  const exposed: Exposed = { state: store.get, bus }
  Object.assign(globalThis, { payments: exposed })
}
