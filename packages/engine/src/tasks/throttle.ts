/** At most so many calls of `send` a second; the last request is always answered. */
export class Throttle {
  private last = Number.NEGATIVE_INFINITY
  private timer: ReturnType<typeof setTimeout> | undefined

  /** `interval`: ms between two calls, asked at each request. */
  constructor(
    private readonly interval: () => number,
    private readonly send: () => void,
  ) {}

  request(): void {
    if (this.timer !== undefined) return
    const wait = this.last + this.interval() - performance.now()
    if (wait <= 0) this.now()
    else this.timer = setTimeout(() => this.now(), wait)
  }

  now(): void {
    this.stop()
    this.last = performance.now()
    this.send()
  }

  /** Forgets a request that waits. */
  stop(): void {
    clearTimeout(this.timer)
    this.timer = undefined
  }
}
