import { now } from '../page/natives'

/** Waiting, for the replayer; tests bring their own. At most one callback is pending. */
export interface Timer {
  /** ms. */
  now(): number
  /** Lets `ms` pass at once, if they are few enough; otherwise false. */
  spin(ms: number): boolean
  /** Calls back in `ms` from now; replaces what was pending. */
  after(ms: number, run: () => void): void
  /** Calls back in a task of its own, after the page had a chance to draw and to handle input; replaces what was pending. */
  soon(run: () => void): void
  cancel(): void
  dispose(): void
}

/** `precise` spends the last millisecond before each step in a loop; `light` leaves it to the platform's timers. */
export type Timing = 'precise' | 'light'

/** ms a precise wait may spin at most. */
const SPIN = 1
/** ms before the due time at which timers coarser than Chromium's `postTask` give way to a chain of messages. */
const COARSE = 8

interface Scheduler {
  postTask(run: () => void, options: { delay: number }): Promise<unknown>
}

/**
 * Chromium: `scheduler.postTask` to one millisecond before, then a spin. Elsewhere its delays are coarse: a timeout to eight milliseconds
 * before, then one message after the other.
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

/** Tasks without the delay that nested timeouts get. Node's `setImmediate`: an open channel would keep the process alive. */
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
