import { escapeKey, TAG } from '../values/tags'
import { comparesTo } from './compare'
import type { Comparison } from './filter'

/** A comparison with the value at a path of the payload. */
export interface PayloadTest extends Comparison {
  path: readonly string[]
}

/** Tells whether a payload passes. The payload is parsed JSON with its tags, not a revived value. */
export function passes(test: PayloadTest, payload: unknown): boolean {
  return comparesTo(test, valueAt(payload, test.path))
}

/**
 * Returns the value at a path of a parsed payload (values/tags); undefined where there is none. Steps are keys of objects and indexes of
 * arrays. A class instance or an error is entered as if it were a plain object; no other tagged value is.
 */
export function valueAt(payload: unknown, path: readonly string[]): unknown {
  let value = payload
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined
    let holder = value as Record<string, unknown>
    let key = step
    if (!Array.isArray(value)) {
      const tag = Object.hasOwn(holder, TAG) ? holder[TAG] : undefined
      if (tag === 'instance' || tag === 'error') {
        if (tag === 'error' && (step === 'name' || step === 'message' || step === 'stack')) {
          value = holder[step]
          continue
        }
        if (typeof holder.v !== 'object' || holder.v === null) return undefined
        holder = holder.v as Record<string, unknown>
      } else if (tag !== undefined) return undefined
      key = escapeKey(step)
    } else if (step === 'length') return undefined
    if (!Object.hasOwn(holder, key)) return undefined
    value = holder[key]
  }
  return value
}
