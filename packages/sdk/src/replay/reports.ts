import type { ReplayReport } from '@playhead/shared/wire/messages'
import type { Banner } from './banner'
import type { Run } from './run'
import type { ReplayTarget } from './target'

/** ms between two reports of progress. */
const INTERVAL = 100

/** Tells the panel, and the user through the banner, how far a replay is. */
export class Reports {
  /** ms on the timer's clock at which progress was last reported. */
  private last = 0

  constructor(
    private readonly target: ReplayTarget,
    private readonly banner: Banner,
  ) {}

  /** Tells where `run` is now: how many steps are done with, how many of them were skipped, and why. */
  report(run: Run, op: ReplayReport['op']): void {
    this.banner.progress(run.applied)
    this.send(op, run.start.run, run.reason, run.applied, run.skipped)
  }

  /** Reports progress unless that was done a moment ago. */
  progress(run: Run, now: number): void {
    if (now - this.last < INTERVAL) return
    this.last = now
    this.report(run, 'progress')
  }

  /** Sends a report of the replay with the number `run`, which need not be the one under way. */
  send(op: ReplayReport['op'], run: number, reason = '', applied = 0, skipped = 0): void {
    this.target.send({ t: 'replay', op, run, applied, skipped, reason })
  }
}
