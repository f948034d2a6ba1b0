import type { Bus } from './bus'
import { nextMoment } from './model/query'
import type { Speed } from './model/types'
import type { Store } from './store'

/** After a slow frame at most so many ticks are made up for; further ones are left out. */
const MOST_AT_ONCE = 10
/** ms of work at speed `max` before the page's other tasks get their turn. */
const SLICE_MS = 6

/** The clock of the simulation. */
export interface Clock {
  /** Stops ticks until `start`, whatever the speed. */
  stop(): void
  start(): void
}

/** What the clock needs of the platform. Tests bring their own. */
export interface Timer {
  now(): number
  set(callback: () => void, ms: number): unknown
  clear(handle: unknown): void
}

const WALL: Timer = {
  now: () => performance.now(),
  set: (callback, ms) => setTimeout(callback, ms),
  clear: handle => clearTimeout(handle as number),
}

/**
 * The only thing that emits Tick by itself. The speed lives in the state and the clock follows it, so a restored state brings its
 * speed along.
 */
export function createClock(bus: Bus, store: Store, timer: Timer = WALL): Clock {
  let running = false
  let speed: Speed = 0
  let handle: unknown
  /** When the next tick is due, in ms on the platform's clock. */
  let due = 0

  const tick = () => bus.emit('Tick', nextMoment(store.get()))

  const beat = () => {
    if (speed === 'max') {
      const end = timer.now() + SLICE_MS
      while (speed === 'max' && running && timer.now() < end) tick()
    } else {
      for (let n = 0; n < MOST_AT_ONCE && speed > 0 && running && timer.now() >= due; n++) {
        due += 1000 / speed
        tick()
      }
      if (speed > 0 && due <= timer.now()) due = timer.now() + 1000 / speed
    }
    plan()
  }

  const plan = () => {
    timer.clear(handle)
    if (running && speed !== 0) handle = timer.set(beat, speed === 'max' ? 0 : Math.max(0, due - timer.now()))
  }

  const follow = () => {
    const wanted = store.get().clock.speed
    if (wanted === speed) return
    speed = wanted
    restart()
  }

  const restart = () => {
    if (speed !== 'max' && speed > 0) due = timer.now() + 1000 / speed
    plan()
  }

  store.subscribe(follow)
  return {
    stop() {
      running = false
      plan()
    },
    start() {
      running = true
      speed = store.get().clock.speed
      restart()
    },
  }
}
