/**
 * Where the replay is on the recording's clock (ms after its start). Runs with the page's clock times `speed` from an anchor; a hold
 * or a change of speed sets a new anchor.
 *
 *     position = anchor.position + (now − anchor.now) × speed
 */
export class Tempo {
  private position = 0
  private anchor = 0
  private running = false

  /** `speed` 0: nothing is ever waited for. */
  constructor(private speed: number) {}

  run(now: number): void {
    if (this.running) return
    this.running = true
    this.anchor = now
  }

  hold(now: number): void {
    this.position = this.at(now)
    this.running = false
  }

  setSpeed(speed: number, now: number): void {
    this.position = this.at(now)
    this.anchor = now
    this.speed = speed
  }

  /** Jumps, neither held nor let go by it. */
  moveTo(position: number, now: number): void {
    this.position = position
    this.anchor = now
  }

  /** ms until `position` is due; 0 or less: it is. */
  wait(position: number, now: number): number {
    if (this.speed > 0) return (position - this.at(now)) / this.speed
    // Whoever slows down from here does not wait for all that was passed.
    this.moveTo(position, now)
    return 0
  }

  private at(now: number): number {
    return this.running ? this.position + (now - this.anchor) * this.speed : this.position
  }
}
