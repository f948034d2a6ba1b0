import type { Timer } from '../timer'

/** A clock that moves only when told to. */
export interface VirtualTimer extends Timer {
  /** Runs what is pending until nothing is, or until the clock would pass `until` (ms, which is then where it stands). */
  run(until?: number): void
  /** Adds to the clock: something took long. */
  spend(ms: number): void
  /** Tasks begun. */
  tasks: number
}

export function virtualTimer(): VirtualTimer {
  let time = 0
  let pending: { due: number; run: () => void } | undefined
  const timer: VirtualTimer = {
    tasks: 0,
    now: () => time,
    spin: () => false,
    after(ms, run) {
      pending = { due: time + ms, run }
    },
    soon(run) {
      pending = { due: time, run }
    },
    cancel() {
      pending = undefined
    },
    dispose() {
      pending = undefined
    },
    spend(ms) {
      time += ms
    },
    run(until = Number.POSITIVE_INFINITY) {
      while (pending && pending.due <= until) {
        const { due, run } = pending
        pending = undefined
        time = Math.max(time, due)
        timer.tasks++
        run()
      }
      if (until < Number.POSITIVE_INFINITY) time = Math.max(time, until)
    },
  }
  return timer
}
