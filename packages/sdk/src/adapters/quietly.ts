/**
 * Returns what `look` returns, or `fallback` where it throws. What the app hands over may be hostile (a Proxy, a throwing getter), and
 * looking at it must not throw into the app.
 */
export function quietly<R, F>(look: () => R, fallback: F): R | F {
  try {
    return look()
  } catch {
    return fallback
  }
}

/** Returns an own property's value; undefined for an accessor, which is not called. */
export function ownValue(object: object, key: string): unknown {
  return Object.getOwnPropertyDescriptor(object, key)?.value
}
