import { inherited } from '../encoder/safe-read'

/** Returns what a class calls itself: its `Symbol.toStringTag`, where that is no accessor. */
export function tagOf(prototype: object): string {
  const tag = inherited(prototype, Symbol.toStringTag)?.value
  return typeof tag === 'string' ? tag : ''
}

const source = Function.prototype.toString

/** Whether a function is the platform's and not written in the page. */
export function isNative(given: unknown): boolean {
  try {
    return /\{\s*\[native code\]\s*\}\s*$/.test(source.call(given))
  } catch {
    return false
  }
}

/** Calls a method that `value` inherits. */
export function callOf(value: object, key: string, ...args: unknown[]): unknown {
  const { value: method } = inherited(value, key) ?? {}
  return (method as (...args: unknown[]) => unknown).apply(value, args)
}
