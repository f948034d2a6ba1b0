import type { Flushed } from '../api/recorder'
import { now } from '../page/natives'
import { setTimer } from '../page/timers'
import type { RecorderInternals } from './internals'

/** ms between two looks at what was acknowledged. */
const LOOK = 10
const TIMEOUT = 10_000

/** Sends what there is and waits for its acknowledgement, for `timeout` ms at most. */
export function flush(internals: RecorderInternals, timeout = TIMEOUT): Promise<Flushed> {
  internals.flush()
  const { emitted } = internals.journal
  const until = now() + timeout
  return new Promise(resolve => {
    const look = () => {
      const { taken = 0, persisted = 0 } = internals.delivery ?? {}
      const complete = persisted >= emitted
      if (complete || internals.disposed || now() >= until) {
        resolve({ emitted, accepted: Math.min(taken, emitted), persisted: Math.min(persisted, emitted), complete })
      } else setTimer(look, LOOK)
    }
    look()
  })
}
