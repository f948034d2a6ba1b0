import { apply, getOwn } from '../page/natives'
import { inherited, inheritedValue, textOf } from './safe-read'

const { defineProperty } = Object
const stack = getOwn(Error.prototype, 'stack')?.get ?? getOwn(new Error(), 'stack')?.get

/** Returns the name or the message of an error. Those of a DOMException are accessors of the platform, which are called. */
export function errorText(error: Error, key: 'name' | 'message'): string {
  const found = inherited(error, key)
  const platform = inheritedValue(error, Symbol.toStringTag) === 'DOMException' && !getOwn(error, key)
  return textOf(found?.get && platform ? apply(found.get, error, []) : found?.value)
}

/**
 * Returns the stack of an error. V8 writes it when it is first read, through `Error.prepareStackTrace` if the page has one, and that may
 * throw.
 */
export function stackOf(error: Error): string {
  try {
    const own = getOwn(error, 'stack')
    if (own !== undefined && own.get === undefined) return textOf(own.value)
    // An accessor that is another frame's or the app's is not called: ours reads errors of every frame.
    return stack === undefined ? '' : textOf(apply(stack, error, []))
  } catch {
    return ''
  }
}

/**
 * Returns an object with the error's own properties besides the usual ones. `cause` and `errors` are not enumerable, and worth more than
 * the rest.
 */
export function errorDetails(error: Error): object {
  const details: Record<string, unknown> = Object.create(null)
  const copy = (key: string) => {
    const own = getOwn(error, key)
    if (own) defineProperty(details, key, { ...own, enumerable: true, configurable: true })
  }
  for (const key in error) if (key !== 'name' && key !== 'message' && key !== 'stack') copy(key)
  copy('cause')
  copy('errors')
  return details
}
