import type { Tap } from '../api/adapter'

/**
 * Records an event and dispatches it, and returns what `dispatch` returns. An isolated replay holds back what the app emits by itself: then
 * no handler is called, and the app gets `held`.
 */
export function aroundOr(tap: Tap, type: string, payload: unknown, dispatch: () => unknown, held: unknown): unknown {
  let result = held
  tap.around(type, payload, () => {
    result = dispatch()
  })
  return result
}
