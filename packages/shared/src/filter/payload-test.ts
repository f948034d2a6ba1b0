import { mapKey } from '../values/plain'
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
 * Returns the value at `path` of a parsed payload (values/tags); undefined where there is none. Steps are keys of objects, indexes of
 * arrays, typed arrays and Sets, and keys of Maps; a class instance or an error is entered as if it were a plain object,
 * and a sparse array by the indexes that it has.
 */
export function valueAt(payload: unknown, path: readonly string[]): unknown {
  let value = payload
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined
    value = Array.isArray(value) ? elementAt(value, step) : memberAt(value as Record<string, unknown>, step)
  }
  return shownAs(value)
}

/** What is compared: of an instance that is written as one scalar or tagged value (a decimal, an address, a signal), that value. */
function shownAs(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const { v, [TAG]: tag } = value as Record<string, unknown>
  const inner = typeof v !== 'object' || v === null || Object.hasOwn(v, TAG)
  return tag === 'instance' && inner ? v : value
}

function elementAt(list: readonly unknown[], step: string): unknown {
  return step !== 'length' && Object.hasOwn(list, step) ? list[step as never] : undefined
}

function memberAt(holder: Record<string, unknown>, step: string): unknown {
  if (!Object.hasOwn(holder, TAG)) return ownOf(holder, step)
  const { v } = holder
  switch (holder[TAG]) {
    case 'error':
      if (step === 'name' || step === 'message' || step === 'stack') return holder[step]
      return ownOf(v, step)
    case 'instance':
      if (Array.isArray(v)) return elementAt(v, step)
      return typeof v === 'object' && v !== null ? memberAt(v as Record<string, unknown>, step) : undefined
    case 'sparse':
      return ownOf(v, step)
    case 'map': {
      const entry = Array.isArray(v) && v.find(one => Array.isArray(one) && mapKey(one[0]) === step)
      return entry ? entry[1] : undefined
    }
    case 'set':
    case 'bytes':
      return Array.isArray(v) ? elementAt(v, step) : undefined
    default:
      return undefined
  }
}

function ownOf(object: unknown, step: string): unknown {
  if (typeof object !== 'object' || object === null) return undefined
  const key = escapeKey(step)
  return Object.hasOwn(object, key) ? (object as Record<string, unknown>)[key] : undefined
}
