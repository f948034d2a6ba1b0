/** What the app handed over may be hostile (a Proxy, a throwing getter): looking at it must not throw into the app. */
export function quietly<R, F>(look: () => R, fallback: F): R | F {
  try {
    return look()
  } catch {
    return fallback
  }
}

/** An own property's value; undefined for an accessor, which is not called. */
export function ownValue(object: object, key: string): unknown {
  return Object.getOwnPropertyDescriptor(object, key)?.value
}
