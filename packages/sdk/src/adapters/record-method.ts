import type { EventAbout, Tap } from '../api/adapter'
import { endWhenSettled } from './settle'
import { type Layer, type Method, replaceMethod } from './wrap'

/** What a call of a method records. */
export interface MethodEvent {
  type: string
  payload: unknown
  about?: EventAbout | undefined
}

export interface MethodOptions {
  /** What the app's call returns where an isolated replay holds the event back. Default: undefined. */
  held?: (args: unknown[]) => unknown
  /** True: the method returns a promise, and the event lasts until it settles. */
  settles?: boolean
}

/**
 * Calls of recorded methods may lie in each other up to this depth. The frames that recording adds take the app's stack, a few hundred bytes
 * each: with this limit a tenth of it, whatever the app's own frames take.
 */
const DEPTH = 200

/** Calls of recorded methods that lie in each other now, of all buses: they share one stack. */
let depth = 0

/**
 * Records each call of a method as an event with the call as its dispatch. `eventOf` says what is recorded; undefined: the call is no event.
 * It must not throw. Returns a function that puts the method back, in any order with others.
 */
export function recordMethod(
  tap: Tap,
  target: object,
  key: string,
  eventOf: (args: unknown[], self: unknown) => MethodEvent | undefined,
  { held, settles = false }: MethodOptions = {},
): () => void {
  const { begin, end } = tap
  const record = (layer: Layer) => {
    const { original } = layer
    const wrapper: Method = function (...args) {
      if (!layer.active) return layer.passOn(this, args)
      const event = eventOf(args, this)
      if (event === undefined) return original.apply(this, args)
      const token = begin(event.type, event.payload, event.about)
      if (token < 0) return held?.(args)
      const below = depth >= DEPTH ? stepAside(tap, target, key, wrapper, original) : undefined
      let threw = true
      let result: unknown
      depth++
      try {
        result = original.apply(this, args)
        threw = false
        return result
      } finally {
        depth--
        below?.()
        if (token > 0) {
          if (threw || !settles) end(token, threw)
          else endWhenSettled(tap, token, result)
        }
      }
    }
    return wrapper
  }
  return replaceMethod(target, key, record)
}

/**
 * Takes the wrapper off for as long as the deepest recorded call lasts, so that what is nested in it costs the app no more of its stack than
 * without a recorder. Each look at the method is counted: so many events were not seen. Returns a function that puts the wrapper back.
 */
function stepAside(tap: Tap, target: object, key: string, wrapper: Method, original: Method): (() => void) | undefined {
  const own = Object.getOwnPropertyDescriptor(target, key)
  if (own?.value !== wrapper || !own.configurable) return undefined
  let count = 0
  const get = () => {
    count++
    return original
  }
  const set = (value: unknown) => {
    Object.defineProperty(target, key, { ...own, value })
  }
  Object.defineProperty(target, key, { configurable: true, enumerable: own.enumerable ?? false, get, set })
  return () => {
    if (Object.getOwnPropertyDescriptor(target, key)?.get === get) Object.defineProperty(target, key, own)
    tap.missed(count)
  }
}
