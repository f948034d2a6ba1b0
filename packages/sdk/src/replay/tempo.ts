/**
 * Tells where the replay is on the recording's clock, in ms after its start. That clock runs `speed` times as fast as the page's, from an
 * anchor. A hold or a change of speed sets a new anchor.
 *
 *     position = anchor.position + (now − anchor.now) × speed
 */
export class Tempo {
  private position = 0
  private anchor = 0
  private running = false

  /** With `speed` 0 nothing is ever waited for. */
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

  /** Jumps to a position; a held clock stays held, a running one goes on from there. */
  moveTo(position: number, now: number): void {
    this.position = position
    this.anchor = now
  }

  /** Returns the ms until `position` is due; 0 or less where it is due now. */
  wait(position: number, now: number): number {
    if (this.speed > 0) return (position - this.at(now)) / this.speed
    // The clock goes along: when the speed is set to 1 later, the time that was passed is not waited for.
    this.moveTo(position, now)
    return 0
  }

  private at(now: number): number {
    return this.running ? this.position + (now - this.anchor) * this.speed : this.position
  }
}
