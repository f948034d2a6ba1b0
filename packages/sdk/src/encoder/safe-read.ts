import { getOwn, getPrototype } from '../page/natives'

/** So many prototypes are looked at; a Proxy can make the chain endless. */
const CHAIN = 16

/**
 * Reads a data property of `object` or of its prototypes without calling an accessor; undefined for an accessor. May throw what a Proxy
 * throws.
 */
export function inheritedValue(object: object, key: PropertyKey): unknown {
  let at: object | null = object
  for (let i = 0; i < CHAIN && at !== null; i++) {
    const own = getOwn(at, key)
    if (own !== undefined) return own.value
    at = getPrototype(at)
  }
  return undefined
}

/** Returns the name of the class that made `object`, as its prototypes say; empty where they do not. */
export function className(object: object): string {
  const made = inheritedValue(object, 'constructor')
  return typeof made === 'function' ? textOf(getOwn(made, 'name')?.value) : ''
}

/** Returns the message of what was thrown, however strange that is; empty where it has none. */
export function errorMessage(error: unknown): string {
  try {
    return textOf(typeof error === 'object' && error !== null ? inheritedValue(error, 'message') : error)
  } catch {
    return ''
  }
}

/** Returns a text as it is, and an empty one for anything else. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
