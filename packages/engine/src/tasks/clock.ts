/** The two clocks of the engine's host. The length of a slice of work is measured with `performance.now` instead. */
export interface Clock {
  /** Wall clock in epoch ms. The user or the system may set it back or forward at any moment. */
  now(): number
  /** ms since an arbitrary moment; never goes back, so differences between two readings are durations. */
  elapsed(): number
}
