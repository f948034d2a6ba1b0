/** How busy the worker is with its own work, and how many events come in: over about the last second. */
export class Meter {
  private readonly marks: { at: number; busy: number; events: number }[] = []
  private busy = 0

  constructor(private readonly now: () => number = () => performance.now()) {
    this.marks.push({ at: now(), busy: 0, events: 0 })
  }

  /** Runs and counts work that does not wait. */
  measure<T>(work: () => T): T {
    const start = this.now()
    try {
      return work()
    } finally {
      this.busy += this.now() - start
    }
  }

  /** `events`: taken in so far, in all. */
  read(events: number): { busy: number; rate: number } {
    const { marks } = this
    const at = this.now()
    marks.push({ at, busy: this.busy, events })
    while (marks.length > 2 && at - marks[1]!.at >= 1000) marks.shift()
    const first = marks[0]!
    const ms = Math.max(1, at - first.at)
    return { busy: Math.min(1, (this.busy - first.busy) / ms), rate: ((events - first.events) / ms) * 1000 }
  }
}
