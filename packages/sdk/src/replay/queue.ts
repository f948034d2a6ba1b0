import type { ReplayStep } from '@playhead/shared/wire/messages'

/** The queue asks for more steps when fewer than this wait. */
const LOW = 512

/**
 * Steps that arrived ahead of time. The queue stays short because it asks for the next ones only when few are left, one request at a time.
 */
export class StepQueue {
  /** Counts the steps that were taken in so far, which is the index of the next one to ask for. */
  received = 0
  private waiting: ReplayStep[] = []
  private head = 0
  private asked = false

  constructor(readonly total: number) {}

  /**
   * Adds steps; `index` is the place of the first one in the replay. Steps that are here already are dropped; after a hole nothing is
   * taken.
   */
  add(index: number, steps: readonly ReplayStep[]): void {
    this.asked = false
    if (index > this.received) return
    const fresh = steps.slice(this.received - index, this.total - index)
    this.waiting = this.waiting.slice(this.head).concat(fresh)
    this.head = 0
    this.received += fresh.length
  }

  first(): ReplayStep | undefined {
    return this.waiting[this.head]
  }

  drop(): void {
    this.head++
  }

  /** Returns true once for each message of steps that should be asked for. */
  wants(): boolean {
    if (this.asked || this.received >= this.total || this.waiting.length - this.head >= LOW) return false
    this.asked = true
    return true
  }
}
