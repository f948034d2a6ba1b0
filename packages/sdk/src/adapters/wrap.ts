/**
 * Puts a wrapper in place of one method of one object. Wrappers may be removed in any order: one that lies under another stays as a
 * pass-through and goes when the ones above it go. A foreign wrapper above ours is left alone.
 */
const { defineProperty, getOwnPropertyDescriptor, isExtensible } = Object

/** Called with the method's own `this` and arguments; whatever it does, it must return or throw what `original` does. */
export type Around = (original: Method, self: unknown, args: unknown[]) => unknown
export type Method = (this: unknown, ...args: unknown[]) => unknown

interface Layer {
  active: boolean
  original: Method
  /** The own property that was there before; undefined: the method was inherited. */
  descriptor: PropertyDescriptor | undefined
}

const layers = new WeakMap<object, Layer>()

/** Throws a TypeError where `target` has no such method or does not let it be replaced. Returns what puts it back. */
export function wrapMethod(target: object, key: string, around: Around): () => void {
  const descriptor = getOwnPropertyDescriptor(target, key)
  const original = (target as Record<string, unknown>)[key] as Method
  if (typeof original !== 'function') throw new TypeError(`there is no ${key}() to record`)
  if (descriptor ? !descriptor.configurable : !isExtensible(target)) throw new TypeError(`${key}() cannot be replaced`)

  const layer: Layer = { active: true, original, descriptor }
  const wrapper = function (this: unknown, ...args: unknown[]): unknown {
    return layer.active ? around(original, this, args) : original.apply(this, args)
  }
  layers.set(wrapper, layer)
  defineProperty(target, key, {
    value: wrapper,
    configurable: true,
    enumerable: descriptor?.enumerable ?? false,
    writable: true,
  })

  return () => {
    layer.active = false
    unwind(target as Record<string, unknown>, key)
  }
}

function unwind(target: Record<string, unknown>, key: string): void {
  for (;;) {
    const layer = layers.get(target[key] as object)
    if (!layer || layer.active || !getOwnPropertyDescriptor(target, key)?.configurable) return
    if (layer.descriptor) defineProperty(target, key, layer.descriptor)
    else delete target[key]
  }
}
