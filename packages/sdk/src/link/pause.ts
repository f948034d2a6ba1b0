import { LEVELS, type Level } from '@playhead/shared/model/event'
import type { Delivery } from '../delivery/delivery'
import type { Journal } from '../journal/journal'
import { now } from '../page/natives'

/** Does what a panel may ask of the recording: pause it and go on, and change its level. */
export class Pause {
  /** When the pause began, in ms on the producer's clock. */
  private at = 0

  constructor(
    private readonly journal: Journal,
    private readonly delivery: Delivery,
    /** The level that the app gave the recorder, as an index into LEVELS. */
    private readonly level: number,
  ) {}

  /**
   * Pauses the recording or goes on, and sets its level; null: the recorder's own. While it is paused, events get their numbers and nothing
   * else.
   */
  configure(recording: boolean, level: Level | null): void {
    const { journal } = this
    if (recording !== (journal.pausedFrom === 0)) {
      if (recording) {
        this.delivery.skip(journal.pausedFrom, journal.emitted, 'paused', this.at, now())
        journal.pausedFrom = 0
      } else {
        journal.close()
        journal.pausedFrom = journal.emitted + 1
        this.at = now()
      }
    }
    const index = level === null ? -1 : LEVELS.indexOf(level)
    const next = index < 0 ? this.level : index
    if (next === journal.policy.level) return
    journal.policy.level = next
    journal.policy.version++
  }
}
