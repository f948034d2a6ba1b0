export { type ReduxMiddleware, reduxAdapter, reduxMiddlewareAdapter, type StoreLike } from '../adapters/redux'
