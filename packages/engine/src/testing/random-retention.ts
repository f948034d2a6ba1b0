import type { SessionLog } from '../log/session-log'
import { excess } from '../retention/excess'
import type { Random } from './random'

/** Bounds that change while a session records: on events, age and bytes, as a user would set them, or as they bite by themselves. */
export class RandomRetention {
  /** Events that went because of a bound. */
  evicted = 0

  constructor(
    private readonly log: SessionLog,
    private readonly random: Random,
  ) {}

  /** `stored`: bytes of the session on disk. */
  step(stored: number): void {
    const { log, random } = this
    const before = log.stored
    if (random.chance(0.1)) log.setCapacity(random.pick([150, 1000, 4096, 5000, 9000, Number.POSITIVE_INFINITY]))
    if (random.chance(0.2)) {
      const times = log.chunks.flatMap(chunk => Array.from(chunk.time.subarray(chunk.firstRow, chunk.count)))
      const now = Math.max(0, ...times)
      const age = random.chance(0.5) ? 0 : random.whole(1, 20_000)
      const bytes = random.chance(0.5) ? 0 : random.whole(stored >> 1, stored + 1000)
      const count = excess(log, { age, bytes }, now, stored)
      if (count > 0) log.evict(count)
    }
    this.evicted += Math.max(0, before - log.stored)
  }
}
