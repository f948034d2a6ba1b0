import { ownValue, quietly } from './quietly'

/**
 * One payload for an argument list, without loss: `emit(type, x)` is `x`, `emit(type)` is undefined, everything else is
 * `{ args: [...] }`; an `x` that looks like that itself is wrapped too.
 */
export function payloadOf(args: unknown[]): unknown {
  if (args.length === 0) return undefined
  const only = args[0]
  return args.length === 1 && only !== undefined && !isWrapped(only) ? only : { args }
}

export function argsOf(payload: unknown): unknown[] {
  if (payload === undefined) return []
  return isWrapped(payload) ? payload.args : [payload]
}

function isWrapped(value: unknown): value is { args: unknown[] } {
  if (typeof value !== 'object' || value === null) return false
  return quietly(() => Array.isArray(ownValue(value, 'args')) && Object.keys(value).length === 1, false)
}
