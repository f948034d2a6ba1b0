/**
 * Calls `send` at most once per interval. The first request is answered at once; those that come too early are answered together by one
 * call when the interval is over, so that the last request is never dropped.
 */
export class Throttle {
  private last = Number.NEGATIVE_INFINITY
  private timer: ReturnType<typeof setTimeout> | undefined

  /** `interval` is called at each request and gives the least time between two calls of `send`, in ms. */
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

  /** Calls `send` at once, whatever the interval; a request that waits is answered by it. */
  now(): void {
    this.stop()
    this.last = performance.now()
    this.send()
  }

  /** Forgets the request that waits, if there is one. A later request works as before. */
  stop(): void {
    clearTimeout(this.timer)
    this.timer = undefined
  }
}
