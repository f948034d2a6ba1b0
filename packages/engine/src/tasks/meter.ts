/**
 * Measures the engine's load over about the last second: the share of the time that it works, and events taken in a second. Each `read`
 * notes the sums so far, and compares them with those noted about one second before.
 */
export class Meter {
  /** Sums at the moments of the last calls of `read`; `at` and `busy` in ms. The oldest is the one that rates are measured from. */
  private readonly marks: { at: number; busy: number; events: number }[] = []
  /** ms spent in `measure` since the meter was made. */
  private busy = 0

  constructor(private readonly now: () => number = () => performance.now()) {
    this.marks.push({ at: now(), busy: 0, events: 0 })
  }

  /** Runs synchronous `work`, counts the time it takes, and returns what it returns. */
  measure<T>(work: () => T): T {
    const start = this.now()
    try {
      return work()
    } finally {
      this.busy += this.now() - start
    }
  }

  /**
   * `events`: how many the engine has taken in so far, in all. Returns `busy`, the share of the time spent in `measure` (0 … 1), and
   * `rate`, events taken in a second.
   */
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
