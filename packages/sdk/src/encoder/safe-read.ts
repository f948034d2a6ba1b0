import { getOwn, getPrototype } from '../natives'

const CHAIN = 16

/** A data property of `object` or of what it inherits from, without calling an accessor. May throw what a Proxy throws. */
export function inheritedValue(object: object, key: PropertyKey): unknown {
  let at: object | null = object
  for (let i = 0; i < CHAIN && at !== null; i++) {
    const own = getOwn(at, key)
    if (own !== undefined) return own.value
    at = getPrototype(at)
  }
  return undefined
}

/** The name of the class `object` was made by, as its prototypes say. */
export function className(object: object): string {
  const made = inheritedValue(object, 'constructor')
  if (typeof made !== 'function') return ''
  const name = getOwn(made, 'name')?.value
  return typeof name === 'string' ? name : ''
}

/** What an error says, however strange the thing thrown is. */
export function errorMessage(error: unknown): string {
  try {
    if (typeof error === 'string') return error
    if (typeof error === 'object' && error !== null) {
      const message = inheritedValue(error, 'message')
      return typeof message === 'string' ? message : ''
    }
    return ''
  } catch {
    return ''
  }
}
