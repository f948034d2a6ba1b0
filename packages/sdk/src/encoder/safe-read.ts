import { getOwn, getPrototype } from '../page/natives'

/** So many prototypes are looked at; a Proxy can make the chain endless. */
const CHAIN = 16

/** Returns the property that `object` has or inherits, without calling an accessor. May throw what a Proxy throws. */
export function inherited(object: object, key: PropertyKey): PropertyDescriptor | undefined {
  let at: object | null = object
  for (let i = 0; i < CHAIN && at !== null; i++) {
    const own = getOwn(at, key)
    if (own !== undefined) return own
    at = getPrototype(at)
  }
  return undefined
}

/** Returns the value of a property that `object` has or inherits; undefined for an accessor. May throw what a Proxy throws. */
export function inheritedValue(object: object, key: PropertyKey): unknown {
  return inherited(object, key)?.value
}

/** Returns the name of the class that made `object`, as its prototypes say; empty where they do not. */
export function className(object: object): string {
  const made = inheritedValue(object, 'constructor')
  return typeof made === 'function' ? textOf(getOwn(made, 'name')?.value) : ''
}

/** Returns the name of the class whose prototype this is; empty where it has no name of its own. */
export function ownClassName(prototype: object): string {
  const made = getOwn(prototype, 'constructor')?.value
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
