import type { ReplayStep } from '@playhead/shared/wire/messages'

/** Asks for more when fewer steps than this wait. */
const LOW = 512

/** Steps that arrived ahead of time. Bounded by asking for the next ones only when few are left, one request at a time. */
export class StepQueue {
  /** Steps taken in so far: the index of the next one to ask for. */
  received = 0
  private waiting: ReplayStep[] = []
  private head = 0
  private asked = false

  constructor(readonly total: number) {}

  /** `index`: of the first step in the replay. What is here already is dropped; after a hole nothing is taken. */
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

  /** True once for each message of steps that should be asked for. */
  wants(): boolean {
    if (this.asked || this.received >= this.total || this.waiting.length - this.head >= LOW) return false
    this.asked = true
    return true
  }
}
