import { LEVELS, type Level } from '@playhead/shared/model/event'
import type { Delivery } from '../delivery/delivery'
import type { Journal } from '../journal/journal'
import { now } from '../page/natives'

/** What a panel may change about the recording: whether there is one, and its level. */
export class Pause {
  private at = 0

  constructor(
    private readonly journal: Journal,
    private readonly delivery: Delivery,
    /** Index into LEVELS: the recorder's own. */
    private readonly level: number,
  ) {}

  /** `level` null: the recorder's own. While paused, events get their numbers and nothing else. */
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
