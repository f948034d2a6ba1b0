export {
  type PlayheadEnhancer,
  playheadEnhancer,
  type ReduxMiddleware,
  reduxAdapter,
  reduxMiddlewareAdapter,
  type StoreLike,
} from '../adapters/redux'
