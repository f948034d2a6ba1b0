import { ownValue, quietly } from './quietly'

/**
 * Makes one payload of a list of arguments, without loss:
 *
 *     emit(type)              undefined
 *     emit(type, x)           x, or { args: [x] } where x is undefined or looks like { args: […] } itself
 *     emit(type, x, y, …)     { args: [x, y, …] }
 */
export function payloadOf(args: unknown[]): unknown {
  if (args.length === 0) return undefined
  const only = args[0]
  return args.length === 1 && only !== undefined && !isWrapped(only) ? only : { args }
}

/** Makes the arguments of a payload again. */
export function argsOf(payload: unknown): unknown[] {
  if (payload === undefined) return []
  return isWrapped(payload) ? payload.args : [payload]
}

function isWrapped(value: unknown): value is { args: unknown[] } {
  if (typeof value !== 'object' || value === null) return false
  return quietly(() => Array.isArray(ownValue(value, 'args')) && Object.keys(value).length === 1, false)
}
