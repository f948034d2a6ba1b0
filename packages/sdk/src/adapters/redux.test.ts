import { applyMiddleware, createStore, type Middleware, type Store, type UnknownAction } from 'redux'
import { describe, expect, it } from 'vitest'
import { reduxAdapter, reduxMiddlewareAdapter } from './redux'
import { tape } from './testing/tape'

interface State {
  log: string[]
}
type Action = { type: 'add'; payload: string } | { type: 'clear' }
type Thunk = (dispatch: (action: UnknownAction) => unknown) => unknown

const reducer = (state: State = { log: [] }, action: UnknownAction): State =>
  action.type === 'add'
    ? { log: [...state.log, String(action.payload)] }
    : action.type === 'clear'
      ? { log: [] }
      : state

const thunk: Middleware = api => next => action =>
  typeof action === 'function' ? (action as Thunk)(api.dispatch) : next(action)
/** Answers each `clear` with an `add`. */
const echo: Middleware = api => next => action => {
  const result = next(action)
  if ((action as UnknownAction).type === 'clear') api.dispatch({ type: 'add', payload: 'echo' })
  return result
}
const load: Thunk = dispatch => dispatch({ type: 'add', payload: 'loaded' })

describe('Redux', () => {
  it('records what is dispatched on the store, with what subscribers dispatch as its effects', () => {
    const store: Store<State, Action> = createStore(reducer as never)
    const { dispatch } = store
    const recorded = tape()
    const detach = reduxAdapter(store).connect(recorded)
    store.subscribe(() => {
      if (store.getState().log.length === 1) store.dispatch({ type: 'clear' })
    })
    const action: Action = { type: 'add', payload: 'x' }
    expect(store.dispatch(action)).toBe(action)
    expect(recorded.story()).toEqual(['add', 'add>clear'])
    expect(recorded.events.map(event => event.payload)).toEqual(['x', undefined])
    expect(() => store.dispatch({} as Action)).toThrow()
    detach()
    expect(store.dispatch).toBe(dispatch)
  })

  it('gives actions back as they were', () => {
    const store = createStore(reducer)
    const actions: UnknownAction[] = [
      { type: 'a' },
      { type: 'a', payload: 0 },
      { type: 'a', payload: { id: 1 } },
      { type: 'a', id: 1 },
      { type: 'a', payload: 1, meta: { x: 1 } },
      { type: 'a', payload: { action: { type: 'b' } } },
    ]
    const adapter = reduxAdapter(store)
    const recorded = tape()
    const seen: unknown[] = []
    const { dispatch } = store
    store.dispatch = (action => {
      seen.push(action)
      return dispatch(action)
    }) as typeof dispatch
    adapter.connect(recorded)
    for (const action of actions) store.dispatch(action)
    for (const { type, payload } of [...recorded.events]) adapter.replay?.({ type, payload, source: '' })
    expect(seen).toEqual([...actions, ...actions])
  })

  it('does not take a thunk for an event', () => {
    const store = createStore(reducer, applyMiddleware(thunk))
    const recorded = tape()
    reduxAdapter(store).connect(recorded)
    store.dispatch(load as never)
    expect(store.getState().log).toEqual(['loaded'])
    expect(recorded.events).toEqual([])
  })

  it('sees everything as a middleware', () => {
    const adapter = reduxMiddlewareAdapter()
    const middleware: Middleware = adapter.middleware
    const store = createStore(reducer, applyMiddleware(middleware, thunk, echo))
    const { dispatch } = store
    const recorded = tape()
    const detach = adapter.connect(recorded)
    dispatch(load as never)
    const action = { type: 'clear' }
    expect(dispatch(action)).toBe(action)
    adapter.replay?.({ type: 'clear', source: '', payload: undefined })
    expect(recorded.story()).toEqual(['add', 'clear', 'clear>add', 'clear', 'clear>add'])
    expect(store.getState().log).toEqual(['echo'])
    detach()
    dispatch({ type: 'clear' })
    expect(recorded.events.length).toBe(5)
  })

  it('gives back what a middleware makes of an action, also nothing', () => {
    for (const result of [undefined, null, 0, Promise.resolve()]) {
      const swallow: Middleware = () => () => () => result
      const store = createStore(reducer, applyMiddleware(swallow))
      const inside = reduxMiddlewareAdapter()
      const other = createStore(reducer, applyMiddleware(inside.middleware as Middleware, swallow))
      reduxAdapter(store).connect(tape())
      inside.connect(tape())
      expect(store.dispatch({ type: 'add' })).toBe(result)
      expect(other.dispatch({ type: 'add' })).toBe(result)
    }
  })

  it('lets a hostile action through unseen', () => {
    const store = createStore((state: number = 0, action: UnknownAction) => (action.type === 'bad' ? state + 1 : state))
    const recorded = tape()
    reduxAdapter(store).connect(recorded)
    const hostile = {
      type: 'bad',
      get payload(): never {
        throw new Error('looked at')
      },
    }
    store.dispatch(hostile)
    expect(store.getState()).toBe(1)
    expect(recorded.events.length).toBe(1)
  })
})
