import { now } from '../page/natives'

/** How the replayer waits; tests bring a timer of their own. At most one callback is pending. */
export interface Timer {
  /** Returns the time now, in ms. */
  now(): number
  /** Lets `ms` pass in a loop and returns true, if they are few enough; returns false at once otherwise. */
  spin(ms: number): boolean
  /** Calls `run` when `ms` have passed; it replaces what was pending. */
  after(ms: number, run: () => void): void
  /** Calls `run` in a task of its own, after the page had a chance to draw and to handle input; it replaces what was pending. */
  soon(run: () => void): void
  cancel(): void
  dispose(): void
}

/** `precise` spends the last millisecond before each step in a loop; `light` leaves it to the platform's timers. */
export type Timing = 'precise' | 'light'

/** A precise wait may spin for so many ms at most. */
const SPIN = 1
/** Timers coarser than Chromium's `postTask` give way to a chain of messages so many ms before the due time. */
const COARSE = 8

interface Scheduler {
  postTask(run: () => void, options: { delay: number }): Promise<unknown>
}

/**
 * Makes the timer of this platform. A wait has two parts, a coarse one that leaves the page free, and a fine one that ends on time:
 *
 *     Chromium     │──────── scheduler.postTask ────────────────│─ spin ─│ due          the spin takes 1 ms at most
 *     elsewhere    │──── setTimeout ────│─ message ─ message ───│─ spin ─│ due          the messages take 8 ms
 *
 * With `light` there is no spin: the end of the wait is left to the platform's timers.
 */
export function platformTimer(timing: Timing): Timer {
  const { later, fine } = delays()
  const channel = hopper()
  const ahead = timing === 'light' ? 0 : fine ? SPIN : COARSE
  let pending = 0

  const guard = (run: () => void) => {
    const mine = ++pending
    return () => {
      if (mine === pending) run()
    }
  }
  const spin = (ms: number) => {
    if (ms > (timing === 'precise' ? SPIN : 0)) return false
    const due = now() + ms
    while (now() < due);
    return true
  }
  return {
    now,
    spin,
    after(ms, run) {
      const due = now() + ms
      const wait = guard(() => {
        const left = due - now()
        if (spin(left)) run()
        else plan(left)
      })
      const plan = (left: number) => (left > ahead ? later(left - ahead, wait) : channel.hop(wait))
      plan(ms)
    },
    soon: run => channel.hop(guard(run)),
    cancel() {
      pending++
    },
    dispose() {
      pending++
      channel.close()
    },
  }
}

function delays(): { later: (ms: number, run: () => void) => void; fine: boolean } {
  const { scheduler, navigator, setTimeout } = globalThis as typeof globalThis & { scheduler?: Scheduler }
  if (scheduler?.postTask && navigator && 'userAgentData' in navigator) {
    const postTask = scheduler.postTask.bind(scheduler)
    return { later: (ms, run) => void postTask(run, { delay: ms }).catch(() => {}), fine: true }
  }
  const later = setTimeout.bind(globalThis)
  return { later: (ms, run) => void later(run, ms), fine: false }
}

/**
 * Runs tasks without the delay that nested timeouts get. Node has `setImmediate` for that; an open channel would keep its process alive.
 */
function hopper(): { hop: (run: () => void) => void; close: () => void } {
  const { setImmediate, MessageChannel } = globalThis as {
    setImmediate?: (run: () => void) => void
  } & typeof globalThis
  if (setImmediate) return { hop: run => void setImmediate(run), close() {} }
  const waiting: (() => void)[] = []
  let channel: MessageChannel | undefined
  return {
    hop(run) {
      if (!channel) {
        channel = new MessageChannel()
        channel.port1.onmessage = () => waiting.shift()?.()
      }
      waiting.push(run)
      channel.port2.postMessage(0)
    },
    close() {
      channel?.port1.close()
      channel = undefined
    },
  }
}
