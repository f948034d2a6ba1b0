import type { Adapter, Correlate, Tap } from '../api/adapter'
import { CannotReplay } from '../api/cannot-replay'
import { warnOnce } from '../page/natives'
import { aroundOr } from './around'
import { quietly } from './quietly'
import { recordMethod } from './record-method'
import { actionOf, eventOf } from './redux-action'

/** The part of Redux's `Store` that the adapter needs. */
export interface StoreLike {
  dispatch(action: never): unknown
}

/**
 * Records a Redux store by wrapping `dispatch` on the instance. What middleware dispatches itself (thunks, sagas, listeners) goes to
 * an inner dispatch and by it unseen, as does a `dispatch` taken out of the store earlier: `playheadEnhancer` sees all of it, and where the store
 * has middleware this says so on the console. Functions (thunks) are no events.
 */
export function reduxAdapter(store: StoreLike): Adapter {
  return {
    name: 'redux',
    bus: store,
    correlate: requestOf,
    connect(tap) {
      if (hasMiddleware(store.dispatch)) warnMiddleware()
      return recordMethod(
        tap,
        store,
        'dispatch',
        ([action]) => {
          if (typeof action === 'function') warnMiddleware()
          return quietly(() => eventOf(action), undefined)
        },
        { held: ([action]) => action },
      )
    },
    replay: event => (store.dispatch as (action: unknown) => unknown)(actionOf(event)),
  }
}

/** The part of Redux's `Middleware` that the adapter needs. */
export type ReduxMiddleware = (api: {
  dispatch(action: never): unknown
}) => (next: (action: unknown) => unknown) => (action: unknown) => unknown

type AnyReducer = (state: never, action: never) => unknown
type CreateStore = (reducer: never, ...rest: never[]) => StoreLike & { replaceReducer(reducer: never): unknown }

/** A store enhancer, which is an adapter as well. `middleware` adds the causes of what other middleware dispatches. */
export type PlayheadEnhancer = Adapter & { middleware: ReduxMiddleware } & (<C>(createStore: C) => C)

/** An action that is on its way through the store. */
interface Passing {
  action: unknown
  /** It has come to the reducer, or is recorded as it does. */
  arrived: boolean
}

/**
 * Records every action that reaches a store's reducers, whoever dispatches it: `const playhead = playheadEnhancer()`, among the store's
 * `enhancers`, then `recorder.attach(playhead)`. Actions before that are counted, and become a gap. Where its `middleware` is the first of the
 * store's middleware, too (or alone), what other middleware dispatches in answer to an action has that action as its cause.
 */
export function playheadEnhancer(): PlayheadEnhancer {
  const taps = new Set<Tap>()
  /** Dispatches through all middleware. */
  let dispatch: ((action: unknown) => unknown) | undefined
  /** Actions before the first attachment; undefined from then on. */
  let early: number | undefined = 0
  const passing: Passing[] = []
  /** Actions that were recorded: the Redux DevTools call the reducer with them again. */
  const known = new WeakSet<object>()

  const count = (action: unknown) => {
    if (early !== undefined && quietly(() => eventOf(action), undefined)) early++
  }
  /** Whether the middleware has recorded the action already, which now comes to the store. */
  const isKnown = (action: unknown) => {
    const last = passing[passing.length - 1]
    if (!last || last.arrived || (last.action !== action && typeOf(last.action) !== typeOf(action))) return false
    last.arrived = true
    last.action = action
    known.add(action as object)
    return true
  }
  const pass = (action: unknown, run: () => unknown) => {
    passing.push({ action, arrived: false })
    if (typeof action === 'object' && action) known.add(action)
    try {
      return around(taps, action, run)
    } finally {
      passing.pop()
    }
  }
  const dispatchOf = (base: (action: unknown) => unknown) => (action: unknown) => {
    if (isKnown(action)) return base(action)
    count(action)
    return pass(action, () => base(action))
  }
  /** Sees what came by another way: a store that was enhanced from outside has dispatched it. */
  const seen = (reducer: AnyReducer): AnyReducer => {
    const see = (state: unknown, action: unknown) => {
      if (!isOwn(action) && !isKnown(action) && !known.has(action as object)) hear(action)
      return (reducer as (state: unknown, action: unknown) => unknown)(state, action)
    }
    return see as AnyReducer
  }
  const hear = (action: unknown) => {
    const event = quietly(() => eventOf(action), undefined)
    if (!event) return
    known.add(action as object)
    count(action)
    for (const tap of taps) tap.heard(event.type, event.payload)
  }

  const enhance =
    (createStore: CreateStore) =>
    (reducer: AnyReducer, ...rest: never[]) => {
      const store = createStore(seen(reducer) as never, ...rest)
      const wrapped = dispatchOf(store.dispatch as (action: unknown) => unknown)
      dispatch ??= wrapped
      return {
        ...store,
        dispatch: wrapped,
        replaceReducer: (next: AnyReducer) => store.replaceReducer(seen(next) as never),
      }
    }
  const middleware: ReduxMiddleware = api => {
    dispatch = api.dispatch as (action: unknown) => unknown
    return next => action => {
      count(action)
      return pass(action, () => next(action))
    }
  }
  const adapter: Adapter & { middleware: ReduxMiddleware } = {
    name: 'redux',
    correlate: requestOf,
    middleware,
    connect(tap) {
      if (early) tap.missed(early)
      early = undefined
      taps.add(tap)
      return () => taps.delete(tap)
    },
    replay(event) {
      if (!dispatch) throw new CannotReplay('the enhancer is in no store')
      return dispatch(actionOf(event))
    },
  }
  // A function has a `name` that cannot be assigned.
  return Object.defineProperties(enhance, Object.getOwnPropertyDescriptors(adapter)) as unknown as PlayheadEnhancer
}

/** Does what `playheadEnhancer` does, for stores that take its `middleware` alone. */
export const reduxMiddlewareAdapter: () => PlayheadEnhancer = playheadEnhancer

function around(taps: Set<Tap>, action: unknown, dispatch: () => unknown): unknown {
  const event = taps.size > 0 ? quietly(() => eventOf(action), undefined) : undefined
  if (!event) return dispatch()
  let run = dispatch
  for (const tap of taps) {
    const inner = run
    run = () => aroundOr(tap, event.type, event.payload, inner, action)
  }
  return run()
}

function typeOf(action: unknown): unknown {
  return quietly(() => (action as { type?: unknown }).type, undefined)
}

/** Whether the store itself, or the Redux DevTools, made an action to ask the reducer for its first state. */
function isOwn(action: unknown): boolean {
  const type = typeOf(action)
  return typeof type === 'string' && (type.startsWith('@@redux/') || type === '@@INIT')
}

/** Redux Toolkit's thunks and queries give all actions of one run an id: `fulfilled` is caused by its `pending`. */
const requestOf: Correlate = ({ payload }) => {
  const { meta } = (payload as { action?: { meta?: { requestId?: unknown } } } | undefined)?.action ?? {}
  return typeof meta?.requestId === 'string' ? meta.requestId : undefined
}

/** A store's own `dispatch` refuses to run inside a reducer; what middleware puts in its place does not say so. */
function hasMiddleware(dispatch: unknown): boolean {
  return quietly(() => !Function.prototype.toString.call(dispatch).includes('isDispatching'), false)
}

function warnMiddleware(): void {
  warnOnce(
    'reduxAdapter(store) does not see what middleware dispatches (thunks, listeners, RTK Query): put playheadEnhancer() among the enhancers of the store, and attach that',
  )
}
