import type { ReadonlySignal } from '@preact/signals'

/** The same signals, at whatever depth, none of which can be written. */
export type ReadOnly<T> =
  T extends ReadonlySignal<infer Value>
    ? ReadonlySignal<Value>
    : T extends object
      ? { readonly [Key in keyof T]: ReadOnly<T[Key]> }
      : T
