import { messageOf } from '@playhead/shared/values/message-of'
import type { ReplayCommand } from '@playhead/shared/wire/messages'
import type { Replayer } from '../recorder/extensions'
import type { Banner } from './banner'
import { type Performed, perform } from './perform'
import { Reports } from './reports'
import { Restorer } from './restorer'
import { Run, type StartCommand } from './run'
import type { ReplayTarget } from './target'
import type { Timer } from './timer'

export type ReplayPhase = 'idle' | 'seeking' | 'playing' | 'paused' | 'stepping' | 'done' | 'failed'

/** ms of work in one task, before the page gets to draw and to handle input. */
const SLICE = 8

/**
 * Emits recorded events again, in the page, in time. One replay (`Run`) at a time goes through these phases:
 *
 *             start          first steps          last step
 *     idle ─────────▶ seeking ─────────▶ playing ─────────▶ done
 *                        │        pause ⇅ resume              │
 *                        └──────▶ paused ⇄ stepping           │
 *     idle ◀──────────────── stop, live, link lost ◀──────────┘        failed: the live state is back, with a reason
 *
 *  - `start` keeps the live state, stops the app's clocks and sets the recorded states (live-state.ts). States may take their time; the
 *    replay begins when all are set.
 *  - The panel sends steps, which are the roots to emit, ahead of time (queue.ts); `pump` emits those that are due by the replay's clock
 *    (tempo.ts), for 8 ms at a time, and lets a timer wait for the next one (timer.ts).
 *  - A step whose attachment returns a promise is under way until that settles; no other step is emitted meanwhile.
 *  - However the replay is left, the live state comes back (restorer.ts). A `start` that comes before it is back waits in `next`.
 *
 * The takes tell apart what is recorded meanwhile: the replay's own take for the steps and all that follows from them, the take `away` for
 * what setting states sets off and for what the user does, 0 for the app when it is live.
 */
export class PageReplayer implements Replayer {
  phase: ReplayPhase = 'idle'
  private run: Run | undefined
  private readonly restorer: Restorer
  private readonly reports: Reports
  /** A replay that was asked for before the live state of the last one was back: it begins when that is. */
  private next: StartCommand | undefined

  constructor(
    private readonly target: ReplayTarget,
    private readonly timer: Timer,
    private readonly banner: Banner,
  ) {
    this.restorer = new Restorer(target, timer)
    this.reports = new Reports(target, banner)
    banner.onStop(() => this.goLive('live'))
  }

  command(command: ReplayCommand): void {
    try {
      this.obey(command)
    } catch (error) {
      this.fail(messageOf(error))
    }
  }

  linkLost(): void {
    this.next = undefined
    this.goLive()
  }

  dispose(): void {
    this.linkLost()
    this.restorer.hurryUp()
    this.timer.dispose()
  }

  private obey(command: ReplayCommand): void {
    const { run } = this
    if (command.op === 'start') this.start(command)
    else if (run?.start.run === command.run) this.control(run, command)
    // A replay this page does not know of is over here, after a reload say: the panel that ends it gets the answer that it waits for.
    else if (command.op === 'stop' || command.op === 'live') {
      if (this.next?.run === command.run) this.next = undefined
      this.reports.send('live', command.run)
    }
  }

  private control(run: Run, command: ReplayCommand): void {
    switch (command.op) {
      case 'steps':
        run.queue.add(command.index, command.steps)
        this.want(run)
        this.arrived(run)
        return
      case 'pause':
        if (this.phase === 'playing' || this.phase === 'seeking' || this.phase === 'stepping') this.pause(run)
        return
      case 'resume':
        if (this.phase === 'paused' || this.phase === 'stepping') this.play(run)
        return
      case 'step':
        if (this.phase === 'playing') this.pause(run)
        if (this.phase === 'paused' || this.phase === 'seeking') this.step(run)
        return
      case 'speed':
        run.tempo.setSpeed(command.speed, this.timer.now())
        if (this.phase === 'playing') this.pump()
        return
      default:
        this.goLive('live')
    }
  }

  private start(command: StartCommand): void {
    this.goLive('live')
    if (this.restorer.active) {
      if (this.next) this.reports.send('live', this.next.run)
      this.next = command
      return
    }
    const { target } = this
    if (command.origin !== target.origin) {
      this.phase = 'failed'
      this.reports.send('failed', command.run, `recorded in ${command.origin}, this page is of ${target.origin}`)
      return
    }
    const run = new Run(command, target)
    this.run = run
    this.phase = 'seeking'
    run.enterRecorded()
    run.pending.whenDone(error => {
      run.underWay = undefined
      if (this.run !== run) return
      if (error) this.fail(error.message)
      else this.begin(run)
    })
  }

  /** Begins to emit steps: the app is in the recorded state. */
  private begin(run: Run): void {
    const { target } = this
    const { take, away, mode, total, paused } = run.start
    target.setTake(take, away)
    target.setIsolated(mode === 'isolated')
    this.banner.show(0, total)
    this.reports.report(run, 'started')
    if (paused && this.phase === 'seeking') this.pause(run)
    this.want(run)
    if (run.finished) this.finish()
  }

  private want(run: Run): void {
    if (run.queue.wants()) this.reports.send('want', run.start.run, run.reason, run.queue.received, run.skipped)
  }

  private arrived(run: Run): void {
    if (this.phase === 'seeking') this.play(run)
    else if (this.phase === 'stepping') this.step(run)
    else if (this.phase === 'playing') {
      run.tempo.run(this.timer.now())
      this.pump()
    }
  }

  private play(run: Run): void {
    this.phase = 'playing'
    run.tempo.run(this.timer.now())
    this.reports.report(run, 'playing')
    this.pump()
  }

  private pause(run: Run): void {
    this.phase = 'paused'
    this.timer.cancel()
    run.tempo.hold(this.timer.now())
    this.reports.report(run, 'paused')
  }

  private step(run: Run): void {
    this.phase = 'stepping'
    const step = run.queue.first()
    if (!step || run.underWay) return
    this.apply(run)
    if (this.run !== run) return
    run.tempo.moveTo(step.at, this.timer.now())
    this.phase = 'paused'
    this.reports.report(run, 'paused')
    if (run.finished && !run.underWay) this.finishSoon()
  }

  /** Applies what is due, a slice at a time. */
  private readonly pump = (): void => {
    const { run, timer } = this
    if (!run || run.underWay || this.phase !== 'playing') return
    const end = timer.now() + SLICE
    for (;;) {
      const step = run.queue.first()
      const now = timer.now()
      if (!step) {
        if (run.finished) this.finishSoon()
        // The steps are late, not the app: the replay's clock waits for them.
        else run.tempo.hold(now)
        return
      }
      const wait = run.tempo.wait(step.at, now)
      if (now + Math.max(wait, 0) >= end || (wait > 0 && !timer.spin(wait))) {
        this.reports.progress(run, now)
        if (wait > 0) timer.after(wait, this.pump)
        else timer.soon(this.pump)
        return
      }
      this.apply(run)
      if (this.run !== run || run.underWay || this.phase !== 'playing') return
    }
  }

  private apply(run: Run): void {
    const step = run.queue.first()
    if (!step) return
    run.queue.drop()
    run.applied++
    const outcome = perform(this.target, step)
    if (typeof outcome === 'object') {
      run.underWay = outcome
      outcome.then(skipped => this.arrivedLate(run, skipped))
    } else run.skip(outcome)
    // A handler may have ended the replay.
    if (this.run === run) this.want(run)
  }

  /** Goes on after a step that was under way: the app has emitted the event that it was asked for in an earlier task. */
  private arrivedLate(run: Run, skipped: Performed): void {
    run.underWay = undefined
    run.skip(skipped)
    if (this.run !== run) return
    if (this.phase === 'playing') this.pump()
    else if (this.phase === 'stepping') this.step(run)
    else if (run.finished) this.finishSoon()
  }

  /** Finishes in a later task: what the last step left for the next task belongs to the replay too. */
  private finishSoon(): void {
    this.timer.soon(() => this.finish())
  }

  private finish(): void {
    const { run, target } = this
    if (!run || this.phase === 'done') return
    this.phase = 'done'
    target.setIsolated(false)
    target.keyframe('end')
    target.flush()
    this.banner.done()
    this.reports.report(run, 'done')
  }

  private fail(reason: string): void {
    const number = this.run?.start.run
    this.phase = 'failed'
    this.target.warn(`the replay failed: ${reason}`)
    this.restore(problems => {
      if (number !== undefined) this.reports.send('failed', number, problems ? `${reason}; ${problems}` : reason)
    })
  }

  private goLive(op?: 'live'): void {
    const { run } = this
    if (!run) return
    this.phase = 'idle'
    this.restore(problems => {
      if (problems) this.target.warn(problems)
      if (op) this.reports.send(op, run.start.run, problems || run.reason, run.applied, run.skipped)
    })
  }

  private restore(then: (problems: string) => void): void {
    const { run } = this
    this.run = undefined
    this.timer.cancel()
    this.banner.remove()
    if (!run) {
      then('')
      return
    }
    this.restorer.restore(run, problems => {
      then(problems)
      const { next } = this
      this.next = undefined
      if (next) this.command(next)
    })
  }
}
