/**
 * Puts a wrapper in place of one method of one object. Wrappers may be removed in any order. One that lies under another cannot be taken
 * out; it stays, inactive, and passes calls on until the ones above it go:
 *
 *     emit ─▶ wrapper B ─▶ wrapper A ─▶ original        A is removed: emit ─▶ B ─▶ (A) ─▶ original
 *                                                       B is removed: emit ─▶ original; A goes with it
 *
 * A wrapper of somebody else above ours is left alone, and when it puts ours back, ours goes (`leaveBelow`).
 */
const { defineProperty, getOwnPropertyDescriptor, isExtensible } = Object

/** Called in place of the method, with its `this` and arguments. It must return or throw what `original` does. */
export type Around = (original: Method, self: unknown, args: unknown[]) => unknown
export type Method = (this: unknown, ...args: unknown[]) => unknown

export interface Layer {
  active: boolean
  readonly original: Method
  /** The own property that was there before; undefined where the method was inherited. */
  readonly descriptor: PropertyDescriptor | undefined
  /** Calls the original where the layer is not active any more, and takes the wrapper off if somebody put it back. */
  passOn(self: unknown, args: unknown[]): unknown
}

const layers = new WeakMap<object, Layer>()

/**
 * Throws a TypeError where `target` has no such method or does not let it be replaced. Returns a function that takes the wrapper off again.
 */
export function wrapMethod(target: object, key: string, around: Around): () => void {
  return replaceMethod(target, key, layer => {
    const { original } = layer
    return function (...args) {
      return layer.active ? around(original, this, args) : layer.passOn(this, args)
    }
  })
}

/** Does what `wrapMethod` does, with a function that is made for the purpose: where its layer is not active it must `passOn` the call. */
export function replaceMethod(target: object, key: string, make: (layer: Layer) => Method): () => void {
  const descriptor = getOwnPropertyDescriptor(target, key)
  const original = (target as Record<string, unknown>)[key] as Method
  if (typeof original !== 'function') throw new TypeError(`there is no ${key}() to record`)
  if (descriptor ? !descriptor.configurable : !isExtensible(target)) throw new TypeError(`${key}() cannot be replaced`)

  const layer: Layer = {
    active: true,
    original,
    descriptor,
    passOn(self, args) {
      unwind(target, key)
      return original.apply(self, args)
    },
  }
  const wrapper = make(layer)
  layers.set(wrapper, layer)
  put(target, key, wrapper, descriptor)

  return () => {
    layer.active = false
    if (!unwind(target, key)) leaveBelow(target, key, wrapper)
  }
}

function put(target: object, key: string, value: unknown, like: PropertyDescriptor | undefined): void {
  defineProperty(target, key, { value, configurable: true, enumerable: like?.enumerable ?? false, writable: true })
}

/** Takes off the wrappers on top that are not active. Returns false where the topmost one is somebody else's. */
function unwind(target: object, key: string): boolean {
  for (let ours = false; ; ours = true) {
    const own = getOwnPropertyDescriptor(target, key)
    const layer = layers.get(own?.value)
    if (!layer || !own) return ours || !own
    if (layer.active || !own.configurable) return true
    if (layer.descriptor) defineProperty(target, key, layer.descriptor)
    else delete (target as Record<string, unknown>)[key]
  }
}

/**
 * A tool that wrapped our wrapper remembers it as the method, and assigns it when it goes. Then nobody calls us to say so: until that happens,
 * the property is an accessor that sees the assignment and leaves the original behind.
 */
function leaveBelow(target: object, key: string, wrapper: Method): void {
  const above = getOwnPropertyDescriptor(target, key)
  if (!above?.configurable || !('value' in above)) return
  defineProperty(target, key, {
    configurable: true,
    enumerable: above.enumerable ?? false,
    get: () => above.value,
    set(value: unknown) {
      // What inherits from the target is written to here, too, and gets a property of its own.
      put(this as object, key, value, above)
      if (value === wrapper) unwind(target, key)
    },
  })
}
