import { RECORDING } from '@playhead/shared/model/event'
import type { SessionLog } from '../log/session-log'

/** Events between two keyframes that the engine asks for: a chunk. */
const EVERY = 4096
/** ms between two requests. */
const PAUSE = 2000
/** Characters: a state that is larger is too dear to be asked for again and again. */
const LARGEST = 256 << 10

/**
 * When to ask a recorder for its states. What is evicted takes the way to every later state with it, so where a session has a bound a
 * known state must never be far behind the first event that is left.
 */
export class StateRequests {
  private askedAt = Number.NEGATIVE_INFINITY
  private askedSeq = 0

  constructor(private readonly now: () => number = () => performance.now()) {}

  due(log: SessionLog): boolean {
    // A take has states of its own; when it is over, the recording goes on.
    const last = log.keyframes.findLast(({ take }) => take === RECORDING)
    if (!last || last.json.length > LARGEST || !Number.isFinite(log.limits.maxEvents)) return false
    const chunk = log.last
    if (chunk && chunk.take[chunk.count - 1] !== RECORDING) return false
    if (log.endSeq - this.askedSeq < EVERY || this.now() - this.askedAt < PAUSE) return false
    this.askedAt = this.now()
    this.askedSeq = log.endSeq
    return true
  }
}
