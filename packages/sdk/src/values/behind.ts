import type { Encoder } from '../encoder/encoder'
import type { Held, Writer } from '../encoder/more'
import { getOwn } from '../page/natives'
import { isNative } from './brand'
import { instanceOf } from './platform'

/** Vue 2's class of dependencies; it says which watcher is running. */
interface Dependencies {
  target?: unknown
}

/**
 * Returns what a library keeps behind an own accessor of an object: MobX, whose tracking is suspended while a payload is read, Vue 2, and
 * Solid where the app said how to read untracked. Solid binds the app's own getters, which makes them native. Undefined for an accessor of the app, which is never called.
 */
export function behind(to: Encoder, object: object, { get }: PropertyDescriptor): Held | undefined {
  if (get === undefined) return undefined
  if (symbolOf(object, 'mobx administration') !== undefined) return { value: get.call(object) }
  if (to.untracked && symbolOf(object, 'solid-proxy') !== undefined && !isNative(get))
    return { value: get.call(object) }
  const watched = getOwn(object, '__ob__')?.value ?? (getOwn(object, '__v_isRef') && object)
  const vue = watched?.dep?.constructor as Dependencies | undefined
  if (vue === undefined) return undefined
  const { target } = vue
  vue.target = null
  try {
    return { value: get.call(object) }
  } finally {
    vue.target = target
  }
}

/** Returns the writer for a function that holds a value: Angular's signals, and stores that are hooks (Zustand). */
export function functionWriter(given: object): Writer | undefined {
  const signal = symbolOf(given, 'SIGNAL')
  const value = signal && (getOwn(given, signal)?.value as object | undefined)
  if (value && typeof getOwn(value, 'value')?.value !== 'symbol')
    return instanceOf('Signal', () => getOwn(value, 'value')?.value)
  const state = getOwn(given, 'getState')?.value
  if (typeof state === 'function' && getOwn(given, 'subscribe')) return instanceOf('Store', () => state.call(given))
  return undefined
}

function symbolOf(object: object, description: string): symbol | undefined {
  return Object.getOwnPropertySymbols(object).find(symbol => symbol.description === description)
}
