/** The two clocks of the place that the engine runs in. Slices of work are measured with `performance.now` directly. */
export interface Clock {
  /** Wall clock, epoch ms. It may be set back or forward. */
  now(): number
  /** ms since some moment; it never goes back. */
  elapsed(): number
}
