import { getOwn, getPrototype } from '../page/natives'

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
  return typeof made === 'function' ? textOf(getOwn(made, 'name')?.value) : ''
}

/** What an error says, however strange the thing thrown is. */
export function errorMessage(error: unknown): string {
  try {
    return textOf(typeof error === 'object' && error !== null ? inheritedValue(error, 'message') : error)
  } catch {
    return ''
  }
}

/** Empty for what is no text. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
