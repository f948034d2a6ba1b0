import type { Tap } from '../api/adapter'
import { apply, promiseThen } from '../page/natives'

/** Ends a dispatch when `result` settles, if that is a promise; at once otherwise. */
export function endWhenSettled(tap: Tap, token: number, result: unknown): void {
  const over = tap.endLater(token)
  if (!watch(result, over)) over(false)
}

/**
 * Calls `over` when a promise settles. The app's promise stays the same object, its own reactions come in the same order and at the same time,
 * and a rejection that nobody handles is reported as before:
 *
 *     promise ─ rejected, the app took it up ─────▶ over        nothing else happens
 *             └ rejected, nobody took it up ──────▶ over        our branch rejects with the same reason, and that is reported
 *
 * Whoever takes a promise up (`await`, `then`, `catch`, `Promise.all`) reads its `constructor`: an own accessor tells that it happened. Returns
 * false for what is no promise of the platform's.
 */
function watch(promise: unknown, over: (threw: boolean) => void): boolean {
  let taken = false
  try {
    const settled = () => over(false)
    const failed = (reason: unknown) => {
      over(true)
      if (!taken) throw reason
    }
    // Throws for what is no promise, before anything has happened.
    apply(promiseThen, promise, [settled, failed])
    const made = (promise as object).constructor
    Object.defineProperty(promise, 'constructor', {
      configurable: true,
      get() {
        taken = true
        return made
      },
      set(value: unknown) {
        Object.defineProperty(this, 'constructor', { configurable: true, writable: true, value })
      },
    })
    return true
  } catch {
    return false
  }
}
