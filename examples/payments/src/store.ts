import type { State } from './model/types'

/** Holds the one current state. Handlers write it, everybody else reads and listens. */
export interface Store {
  get(): State
  /** Puts a whole state in place of the current one: a handler's result, or a restored moment. */
  replace(state: State): void
  update(change: (state: State) => State): void
  /** Calls back after each change; returns unsubscribe. */
  subscribe(listener: () => void): () => void
}

export function createStore(initial: State): Store {
  let state = initial
  const listeners = new Set<() => void>()
  const replace = (next: State) => {
    if (next === state) return
    state = next
    for (const listener of listeners) listener()
  }
  return {
    get: () => state,
    replace,
    update: change => replace(change(state)),
    subscribe(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
  }
}
