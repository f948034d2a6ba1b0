/**
 * Timers that are no tasks of the app, and run on a clock that no test holds still. Only what talks to a panel needs any, so that the lean recorder does
 * not load this module.
 *
 *     browsers             `AbortSignal.timeout`, which nobody patches
 *     Node                 `setTimeout`; the signal would keep no process alive, and is made of the same timer
 *     Node, patched        `Atomics.waitAsync`
 */
import { apply, listen } from './natives'
import { nativeOf, sourceOf } from './unpatched'

const setTimeoutFound = nativeOf(globalThis, 'setTimeout')
const clearTimeoutFound = nativeOf(globalThis, 'clearTimeout')
const timeout = globalThis.AbortSignal?.timeout as ((ms: number) => AbortSignal) | undefined
const { waitAsync } = Atomics as { waitAsync?: (cell: Int32Array, at: 0, is: 0, ms: number) => { value: unknown } }

type Timer = (run: () => void, ms: number) => () => void

const byTimeout: Timer = (run, ms) => {
  const timer = apply(setTimeoutFound, globalThis, [run, ms])
  return () => apply(clearTimeoutFound, globalThis, [timer])
}

/** Signals that are waited for; what holds nothing but a listener might be collected. */
const waiting = new Set<AbortSignal>()

const bySignal: Timer = (run, ms) => {
  const signal = apply(timeout as NonNullable<typeof timeout>, AbortSignal, [ms])
  const fired = () => {
    if (waiting.delete(signal)) run()
  }
  waiting.add(signal)
  listen(signal, 'abort', fired)
  return () => waiting.delete(signal)
}

/** Waits for a cell of memory that nobody changes, until the time is over. */
const byAtomics: Timer = (run, ms) => {
  let cancelled = false
  const wait = async () => {
    await waitAsync?.(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms).value
    if (!cancelled) run()
  }
  void wait()
  return () => {
    cancelled = true
  }
}

function pickTimer(): Timer {
  const isNode = typeof process === 'object' && typeof process.versions?.node === 'string'
  if (!isNode) return timeout ? bySignal : byTimeout
  // There the signal is made of the very timer that is patched.
  return apply(sourceOf, setTimeoutFound, []).includes('new Timeout(') || !waitAsync ? byTimeout : byAtomics
}

declare const process: { versions?: { node?: unknown } } | undefined

/** Calls `run` in `ms` from now. Returns a function that lets it be. */
export const setTimer = pickTimer()
