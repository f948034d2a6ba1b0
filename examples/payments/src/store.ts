import type { State } from './model/types'

/** Holds the present state. Handlers write it; everybody else reads it and listens. */
export interface Store {
  get(): State
  /** Replaces the whole state, by what a handler made or by one that is restored. */
  replace(state: State): void
  update(change: (state: State) => State): void
  /** Calls the listener after each change. Returns a function that stops it. */
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
