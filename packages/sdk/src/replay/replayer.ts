import { messageOf } from '@playhead/shared/values/message-of'
/**
 * Emits recorded events again, in the page, in time.
 *
 *             start          first steps          last step
 *     idle ─────────▶ seeking ─────────▶ playing ─────────▶ done
 *                        │        pause ⇅ resume              │
 *                        └──────▶ paused ⇄ stepping           │
 *     idle ◀──────────────── stop, live, link lost ◀──────────┘        failed: the live state is back, with a reason
 */
import { revive } from '@playhead/shared/values/revive'
import type { ReplayCommand, ReplayReport } from '@playhead/shared/wire/messages'
import type { Replayer } from '../recorder/extensions'
import type { Banner } from './banner'
import { setState } from './live-state'
import { type Performed, perform } from './perform'
import { Run, type StartCommand } from './run'
import type { ReplayTarget } from './target'
import type { Timer } from './timer'

export type ReplayPhase = 'idle' | 'seeking' | 'playing' | 'paused' | 'stepping' | 'done' | 'failed'

/** ms of work before the page gets its turn. */
const SLICE = 8
/** ms between reports of progress. */
const REPORT = 100
/** ms that what the app is still about is waited for when a replay is left. */
const LATE = 2000

export class PageReplayer implements Replayer {
  phase: ReplayPhase = 'idle'
  private run: Run | undefined
  private reported = 0
  /** The live state of the last replay is not back yet. */
  private restoring = false
  /** Does not wait any longer for what the app is still about. */
  private hurry: (() => void) | undefined
  /** Begins once the live state is back. */
  private next: StartCommand | undefined

  constructor(
    private readonly target: ReplayTarget,
    private readonly timer: Timer,
    private readonly banner: Banner,
  ) {
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
    this.hurry?.()
    this.timer.dispose()
  }

  private obey(command: ReplayCommand): void {
    const { run } = this
    if (command.op === 'start') this.start(command)
    else if (run?.start.run === command.run) this.control(run, command)
    // Whoever asks for the live state of a replay this page does not know has it.
    else if (command.op === 'stop' || command.op === 'live') {
      if (this.next?.run === command.run) this.next = undefined
      this.send('live', command.run)
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
    if (this.restoring) {
      if (this.next) this.send('live', this.next.run)
      this.next = command
      return
    }
    const { target } = this
    if (command.origin !== target.origin) {
      this.phase = 'failed'
      this.send('failed', command.run, `recorded in ${command.origin}, this page is of ${target.origin}`)
      return
    }
    const run = new Run(command, target)
    this.run = run
    this.phase = 'seeking'
    run.live.keep()
    // What setting states and stopping clocks sets off is no part of the replay.
    target.setTake(command.away)
    run.live.stop()
    const { pending } = run
    for (const { state, json } of command.states) {
      const { value, whole } = revive(json)
      run.note(setState(state, target.state(state), value, pending))
      if (!whole) run.note(`the state ${state} was not recorded whole`)
    }
    pending.whenDone(error => {
      run.underWay = undefined
      if (this.run !== run) return
      if (error) this.fail(error.message)
      else this.begin(run)
    })
  }

  /** The app is in the recorded state. */
  private begin(run: Run): void {
    const { target } = this
    const { take, away, mode, total, paused } = run.start
    target.setTake(take, away)
    target.setIsolated(mode === 'isolated')
    this.banner.show(0, total)
    this.report('started')
    if (paused && this.phase === 'seeking') this.pause(run)
    this.want(run)
    if (run.finished) this.finish()
  }

  private want(run: Run): void {
    if (run.queue.wants()) this.send('want', run.start.run, run.reason, run.queue.received, run.skipped)
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
    this.report('playing')
    this.pump()
  }

  private pause(run: Run): void {
    this.phase = 'paused'
    this.timer.cancel()
    run.tempo.hold(this.timer.now())
    this.report('paused')
  }

  private step(run: Run): void {
    this.phase = 'stepping'
    const step = run.queue.first()
    if (!step || run.underWay) return
    this.apply(run)
    if (this.run !== run) return
    run.tempo.moveTo(step.at, this.timer.now())
    this.phase = 'paused'
    this.report('paused')
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
        this.progress(now)
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

  /** The app has emitted what it was asked for in an earlier task. */
  private arrivedLate(run: Run, skipped: Performed): void {
    run.underWay = undefined
    run.skip(skipped)
    if (this.run !== run) return
    if (this.phase === 'playing') this.pump()
    else if (this.phase === 'stepping') this.step(run)
    else if (run.finished) this.finishSoon()
  }

  private progress(now: number): void {
    if (now - this.reported < REPORT) return
    this.reported = now
    this.report('progress')
  }

  /** What the last step left for the next task belongs to the replay too. */
  private finishSoon(): void {
    this.timer.soon(() => this.finish())
  }

  private finish(): void {
    if (!this.run || this.phase === 'done') return
    this.phase = 'done'
    const { target } = this
    target.setIsolated(false)
    target.keyframe('end')
    target.flush()
    this.banner.done()
    this.report('done')
  }

  private fail(reason: string): void {
    const number = this.run?.start.run
    this.phase = 'failed'
    this.target.warn(`the replay failed: ${reason}`)
    this.restore(problems => {
      if (number !== undefined) this.send('failed', number, problems ? `${reason}; ${problems}` : reason)
    })
  }

  private goLive(op?: 'live'): void {
    const { run } = this
    if (!run) return
    this.phase = 'idle'
    this.restore(problems => {
      if (problems) this.target.warn(problems)
      if (op) this.send(op, run.start.run, problems || run.reason, run.applied, run.skipped)
    })
  }

  private restore(then: (problems: string) => void): void {
    const { run, target } = this
    this.run = undefined
    this.timer.cancel()
    this.banner.remove()
    if (!run) {
      then('')
      return
    }
    target.setIsolated(false)
    target.setTake(run.start.away)
    this.restoring = true
    const { underWay } = run
    const back = () =>
      run.live.restore(problems => {
        this.restoring = false
        then(problems)
        const { next } = this
        this.next = undefined
        if (next) this.command(next)
      })
    if (!underWay) {
      back()
      return
    }
    // What the app does late would change the live state: it is put back now for the user to see, and again when that is over.
    run.live.putBack()
    const once = () => {
      if (this.hurry !== once) return
      this.hurry = undefined
      this.timer.cancel()
      back()
    }
    this.hurry = once
    underWay.then(once, once)
    this.timer.after(LATE, once)
  }

  private report(op: ReplayReport['op']): void {
    const { run } = this
    if (!run) return
    this.banner.progress(run.applied)
    this.send(op, run.start.run, run.reason, run.applied, run.skipped)
  }

  private send(op: ReplayReport['op'], run: number, reason = '', applied = 0, skipped = 0): void {
    this.target.send({ t: 'replay', op, run, applied, skipped, reason })
  }
}
