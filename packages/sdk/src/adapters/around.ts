import type { Tap } from '../api/adapter'

/**
 * Records and dispatches, and returns what `dispatch` does, whatever that is. `held`: what the app gets where a replay holds its
 * emission back, and nobody was called.
 */
export function aroundOr(tap: Tap, type: string, payload: unknown, dispatch: () => unknown, held: unknown): unknown {
  let result = held
  tap.around(type, payload, () => {
    result = dispatch()
  })
  return result
}
