import { RECORDING } from '@playhead/shared/model/event'
import type { SessionLog } from '../log/session-log'

/** Events between two requests for keyframes; as many as a chunk has rows. */
const EVERY = 4096
/** ms between two requests at least. */
const PAUSE = 2000
/** A state with more characters than this is too costly for the page to be made again and again. */
const LARGEST = 256 << 10

/**
 * Decides when to ask a recorder for a keyframe. A state is rebuilt from a keyframe and the events after it. A session with a bound loses
 * its oldest events, and with them the way from the first keyframe to any later state, so it needs a recent keyframe at all times.
 */
export class StateRequests {
  private askedAt = Number.NEGATIVE_INFINITY
  private askedSeq = 0

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** True: a keyframe should be asked for now; the caller must do so, as the next answer counts from here. */
  due(log: SessionLog): boolean {
    // A replay has states of its own. They are not asked for: when it is over, the recording goes on from its own state.
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
