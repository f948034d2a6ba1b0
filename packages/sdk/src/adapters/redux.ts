import type { Adapter, Tap } from '../api/adapter'
import { CannotReplay } from '../api/cannot-replay'
import { aroundOr } from './around'
import { quietly } from './quietly'
import { actionOf, eventOf } from './redux-action'
import { wrapMethod } from './wrap'

/** The part of Redux's `Store` that the adapter needs. */
export interface StoreLike {
  dispatch(action: never): unknown
}

/**
 * Records a Redux store by wrapping `dispatch` on the instance. What middleware dispatches itself (thunks, sagas, listeners) goes to
 * an inner dispatch and by it unseen, as does a `dispatch` taken out of the store earlier: `reduxMiddlewareAdapter` sees all of it.
 * Functions (thunks) are no events.
 */
export function reduxAdapter(store: StoreLike): Adapter {
  return {
    name: 'redux',
    connect: tap =>
      wrapMethod(store, 'dispatch', (dispatch, self, args) => around(tap, args[0], () => dispatch.apply(self, args))),
    replay: event => (store.dispatch as (action: unknown) => unknown)(actionOf(event)),
  }
}

/** The part of Redux's `Middleware` that the adapter needs. */
export type ReduxMiddleware = (api: {
  dispatch(action: never): unknown
}) => (next: (action: unknown) => unknown) => (action: unknown) => unknown

/**
 * Records a Redux store from inside: put `middleware` first in the store's middleware, then attach this adapter. It sees every action,
 * those that other middleware dispatches too, each with its cause.
 */
export function reduxMiddlewareAdapter(): Adapter & { middleware: ReduxMiddleware } {
  const taps = new Set<Tap>()
  let dispatch: ((action: unknown) => unknown) | undefined
  return {
    name: 'redux',
    middleware: api => {
      dispatch = api.dispatch as (action: unknown) => unknown
      return next => action => {
        let run = () => next(action)
        for (const tap of taps) {
          const inner = run
          run = () => around(tap, action, inner)
        }
        return run()
      }
    },
    connect(tap) {
      taps.add(tap)
      return () => taps.delete(tap)
    },
    replay(event) {
      if (!dispatch) throw new CannotReplay('the middleware is in no store')
      dispatch(actionOf(event))
    },
  }
}

function around(tap: Tap, action: unknown, dispatch: () => unknown): unknown {
  const event = quietly(() => eventOf(action), undefined)
  return event ? aroundOr(tap, event.type, event.payload, dispatch, action) : dispatch()
}
