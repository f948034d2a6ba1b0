/** ms without a new event after which there is time. */
const QUIET = 1000
/** ms to wait after it failed. */
const PATIENCE = 30_000

/** Work for when nothing else is to be done: begun by `tick`, let go of as soon as events arrive or somebody asks for something. */
export abstract class IdleWork {
  private quietSince: number
  private notBefore = 0
  private disturbed = false
  private stopped = false
  private running: Promise<void> | undefined

  constructor(
    private readonly busy: () => boolean,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.quietSince = now()
  }

  /** Events arrived. */
  disturb(): void {
    this.quietSince = this.now()
    this.disturbed = true
  }

  /** Call it now and then: begins when it is time. */
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

  /** Resolves when what `tick` began is over. */
  async idle(): Promise<void> {
    await this.running
  }

  /** Nothing is begun any more. */
  async stop(): Promise<void> {
    this.stopped = true
    await this.running
  }

  /** Asks `goOn` between any two small steps, and ends where that says no. */
  protected abstract run(): Promise<void>

  protected goOn(): boolean {
    return !this.disturbed && !this.stopped && !this.busy()
  }
}
