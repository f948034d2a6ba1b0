/**
 * Reading a reactive object inside an effect of the app makes the effect depend on what was read: with a recorder, an effect that emits
 * its store would run again whenever the store changes. So the encoder reads what lies behind the library's proxies:
 *
 *     Vue 3, Alpine   `__v_raw` gives the target of a proxy and is not tracked
 *     Legend-State    `peek()` gives the value without tracking it; its proxies answer any name, `__v_raw` too (values/replace.ts)
 *     MobX            its global state says which derivation is running; it says none while a payload is read
 *
 * Libraries that keep what is running to themselves (Solid, Svelte) come to `untracked` in the recorder's options.
 */
import { scope } from '../page/natives'

interface MobxGlobals {
  trackingDerivation?: unknown
}

/** When the page was last asked for MobX, in ms on the producer's clock; there it was or was not. */
let asked = Number.NaN
let mobx: MobxGlobals | undefined

/**
 * Makes MobX see no running derivation. Returns the one that is running; a falsy value: none is. A window is slow to answer for what it does
 * not have, a fifth of what recording costs, so it is asked once for each `time`; NaN: at once. MobX does not load within one tick.
 */
export function suspendTracking(time = Number.NaN): unknown {
  if (mobx !== undefined || time !== asked) {
    asked = time
    mobx = (scope as { __mobxGlobals?: MobxGlobals }).__mobxGlobals
  }
  const running = mobx?.trackingDerivation
  if (running) (mobx as MobxGlobals).trackingDerivation = null
  return running
}

/** Returns what is behind a proxy of Vue's; anything else as it is. */
export function rawOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  const { __v_raw, __v_isReadonly } = value as { __v_raw?: unknown; __v_isReadonly?: unknown }
  return __v_raw !== undefined && typeof __v_isReadonly === 'boolean' ? __v_raw : value
}

export function resumeTracking(running: unknown): void {
  ;((scope as { __mobxGlobals?: MobxGlobals }).__mobxGlobals as MobxGlobals).trackingDerivation = running
}
