/** ms without a new event after which the engine counts as idle. */
const QUIET = 1000
/** ms before work that failed is tried again. */
const PATIENCE = 30_000

/**
 * Work that is done only while the engine is idle, such as compressing chunks. `tick` starts it; it lets go at its next small step when
 * events arrive (`disturb`), when the user asks for something (`busy` is true) or when the engine ends (`stop`). Work that was let go of
 * begins anew at a later `tick`, so `run` must find out for itself what is left to do.
 *
 *     waiting ── tick, after QUIET ms without events ──▶ running ── done, or goOn() is false ──▶ waiting
 *        ▲                                                  │
 *        └────────────── after PATIENCE ms ◀── it threw ◀───┘
 */
export abstract class IdleWork {
  private quietSince: number
  private notBefore = 0
  private disturbed = false
  private stopped = false
  private running: Promise<void> | undefined

  /** `busy` says whether something with precedence is under way. `now` is a clock in ms that never goes back. */
  constructor(
    private readonly busy: () => boolean,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.quietSince = now()
  }

  /** To be called when events arrive: work under way ends, and none begins for the next QUIET ms. */
  disturb(): void {
    this.quietSince = this.now()
    this.disturbed = true
  }

  /** Starts the work if the engine is idle; does nothing otherwise, or while the work is under way. Call it a few times a second. */
  tick(): void {
    const now = this.now()
    if (this.running || this.stopped || now - this.quietSince < QUIET || now < this.notBefore || this.busy()) return
    this.disturbed = false
    this.running = this.run()
      .catch(() => {
        this.notBefore = this.now() + PATIENCE
      })
      .finally(() => {
        this.running = undefined
      })
  }

  /** Resolves when the work that `tick` started is over; at once when none is under way. */
  async idle(): Promise<void> {
    await this.running
  }

  /** Lets go of the work for good, and resolves when it has ended. */
  async stop(): Promise<void> {
    this.stopped = true
    await this.running
  }

  /** Does the work. Calls `goOn` after each step of a few ms, and returns when that is false. */
  protected abstract run(): Promise<void>

  /** Whether the engine is still idle, so that the work may take its next step. */
  protected goOn(): boolean {
    return !this.disturbed && !this.stopped && !this.busy()
  }
}
