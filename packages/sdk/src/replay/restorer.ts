import type { Run } from './run'
import type { ReplayTarget } from './target'
import type { Timer } from './timer'

/** ms that the app's unfinished work is waited for when a replay is left. */
const MOST_WAIT = 2000

/**
 * Puts the live state back when a replay is left. The app may still be about something then: a promise that a state's `set` or an
 * attachment's `replay` returned. What it does late would change the live state again, so the state is put back twice:
 *
 *     left ─┬─ nothing under way ──────────────────────────────────────▶ live.restore ─▶ then
 *           └─ under way: live.putBack, for the user to see at once
 *                 └─ promise settled │ 2 s │ hurryUp, what comes first ─▶ live.restore ─▶ then
 */
export class Restorer {
  /** The live state of the last replay is not back yet. */
  active = false
  /** Ends the wait for unfinished work; undefined while nothing is waited for. */
  private stopWaiting: (() => void) | undefined

  constructor(
    private readonly target: ReplayTarget,
    private readonly timer: Timer,
  ) {}

  /** `then` hears what could not be put back, as one text, empty where all could. */
  restore(run: Run, then: (problems: string) => void): void {
    this.target.setIsolated(false)
    this.target.setTake(run.start.away)
    this.active = true
    const { underWay } = run
    const back = () =>
      run.live.restore(problems => {
        this.active = false
        then(problems)
      })
    if (!underWay) {
      back()
      return
    }
    run.live.putBack()
    const once = () => {
      if (this.stopWaiting !== once) return
      this.stopWaiting = undefined
      this.timer.cancel()
      back()
    }
    this.stopWaiting = once
    underWay.then(once, once)
    this.timer.after(MOST_WAIT, once)
  }

  /** Waits no longer: the recorder is being disposed of. */
  hurryUp(): void {
    this.stopWaiting?.()
  }
}
