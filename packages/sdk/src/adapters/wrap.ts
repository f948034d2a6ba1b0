/**
 * Puts a wrapper in place of one method of one object. Wrappers may be removed in any order. One that lies under another cannot be taken
 * out; it stays, inactive, and passes calls on until the ones above it go:
 *
 *     emit ─▶ wrapper B ─▶ wrapper A ─▶ original        A is removed: emit ─▶ B ─▶ (A) ─▶ original
 *                                                       B is removed: emit ─▶ original; A goes with it
 *
 * A wrapper of somebody else above ours is left alone.
 */
const { defineProperty, getOwnPropertyDescriptor, isExtensible } = Object

/** Called in place of the method, with its `this` and arguments. It must return or throw what `original` does. */
export type Around = (original: Method, self: unknown, args: unknown[]) => unknown
export type Method = (this: unknown, ...args: unknown[]) => unknown

interface Layer {
  active: boolean
  original: Method
  /** The own property that was there before; undefined where the method was inherited. */
  descriptor: PropertyDescriptor | undefined
}

const layers = new WeakMap<object, Layer>()

/**
 * Throws a TypeError where `target` has no such method or does not let it be replaced. Returns a function that takes the wrapper off again.
 */
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
