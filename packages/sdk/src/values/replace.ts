import type { Encoder } from '../encoder/encoder'

/**
 * Writes the value of an observable of Legend-State. Its proxies answer every name with a proxy, so that one says it is not Vue's and has
 * `peek`, which reads without tracking. Returns false for any other object.
 */
export function replace(to: Encoder, object: object, depth: number): boolean {
  const { peek } = object as { peek?: () => unknown }
  if (typeof peek !== 'function') return false
  to.value(peek.call(object), depth)
  return true
}
