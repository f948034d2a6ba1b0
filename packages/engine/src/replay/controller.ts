import type { Take } from '@playhead/shared/model/session'
import { messageOf } from '@playhead/shared/values/message-of'
import { Limits } from '@playhead/shared/wire/limits'
import type { ReplayCommand, ReplayReport, ToPage } from '@playhead/shared/wire/messages'
import type { Outcome } from '../contract/outcome'
import type { ReplayApi, ReplayControl, ReplayPlan, ReplayRequest, ReplayStatus } from '../contract/replay'
import type { LogReader } from '../log/reader'
import { ReplayComparison } from './comparison'
import { compareStates } from './outcome'
import { type PreparedPlan, planReplay } from './plan'

const IDLE: ReplayStatus = {
  state: 'idle',
  plan: 0,
  take: 0,
  applied: 0,
  total: 0,
  skipped: 0,
  speed: 1,
  reason: '',
  seq: -1,
  divergence: null,
  outcome: null,
}

/** Characters of payload after which a message of steps is full: browsers carry 64 MiB. */
const STEPS_TEXT = 4 << 20

export interface ReplayDelegate {
  /** The log of a session, live or stored. */
  open(session: string): Promise<LogReader | undefined>
  send(link: number, message: ToPage): void
  notify(status: ReplayStatus): void
  /** The log that a link records into, and the origin of its page; undefined where the link is gone. */
  live(link: number): { log: LogReader; origin: string } | undefined
  /** Registers a take in the session that `link` records into and returns its number; it starts now. */
  newTake(link: number, take: Pick<Take, 'kind' | 'name' | 'fromSeq' | 'toSeq'>): number
}

interface ReplayRun {
  number: number
  /** Steps sent. */
  sent: number
  link: number
  prepared: PreparedPlan
  recording: LogReader
  live: LogReader
  comparison: ReplayComparison
  stop: () => void
  /** Comparisons run one after the other. */
  work: Promise<void>
}

/**
 * One replay at a time: plans, sends steps ahead as the page asks for them, follows the page's reports, and compares what the page
 * emits with the recording. Idle → seeking → playing ⇄ paused → done → idle; failed from everywhere.
 */
export class ReplayController implements ReplayApi {
  private status: ReplayStatus = IDLE
  private prepared: { prepared: PreparedPlan; recording: LogReader } | undefined
  private run: ReplayRun | undefined
  private plans = 0
  private runs = 0

  constructor(private readonly delegate: ReplayDelegate) {}

  async plan(request: ReplayRequest): Promise<Outcome<ReplayPlan>> {
    const recording = await this.delegate.open(request.session)
    if (!recording) return refuse('The session is gone.')
    const number = ++this.plans
    try {
      const prepared = await planReplay(recording, request, number)
      // One that took longer than a later one does not take its place.
      if (number === this.plans) this.prepared = { prepared, recording }
      return { ok: true, value: prepared.plan }
    } catch (error) {
      return { ok: false, message: messageOf(error) }
    }
  }

  async start(
    plan: number,
    link: number,
    options: { speed: number; paused: boolean },
  ): Promise<Outcome<{ take: number }>> {
    const ready = this.prepared
    if (!ready || ready.prepared.plan.plan !== plan) return refuse('The plan is out of date: plan again.')
    if (this.run) return refuse('A replay is running: stop it first.')
    const target = this.delegate.live(link)
    if (!target) return refuse('The page is not connected.')
    const { prepared, recording } = ready
    if (prepared.plan.origin === 'null')
      return refuse('The page it was recorded in has no origin: it cannot be told from others.')
    if (target.origin !== prepared.plan.origin) {
      return refuse(`The session was recorded in ${prepared.plan.origin}, the page is of ${target.origin}.`)
    }
    const name = `Replay ${++this.runs}`
    const { firstSeq: fromSeq, lastSeq: toSeq } = prepared
    // Seqs of another session mean nothing in this one.
    const range = recording.session.id === target.log.session.id ? { fromSeq, toSeq } : {}
    const take = this.delegate.newTake(link, { kind: 'replay', name, ...range })
    const away = this.delegate.newTake(link, { kind: 'away', name: `While away (${name})` })
    const comparison = new ReplayComparison(recording, target.log, prepared)
    const run: ReplayRun = {
      number: this.runs,
      sent: 0,
      link,
      prepared,
      recording,
      live: target.log,
      comparison,
      stop: () => {},
      work: Promise.resolve(),
    }
    this.run = run
    run.stop = target.log.onChange(change => {
      if (change.t === 'appended') this.follow(run, take, change.from, change.to)
    })
    this.set({
      ...IDLE,
      state: 'seeking',
      plan,
      take,
      total: prepared.steps.length,
      speed: options.speed,
    })
    // The state the page has now is what the recording led to: kept in the recording, to compare with at the end.
    this.delegate.send(link, { t: 'keyframe' })
    this.send({
      t: 'replay',
      op: 'start',
      run: run.number,
      take,
      away,
      total: prepared.steps.length,
      speed: options.speed,
      paused: options.paused,
      mode: prepared.request.mode,
      origin: prepared.plan.origin,
      states: prepared.keyframes.map(({ state, json }) => ({ state, json })),
    })
    return { ok: true, value: { take } }
  }

  async control(op: ReplayControl): Promise<void> {
    if (this.run) this.send({ t: 'replay', op, run: this.run.number })
  }

  async setSpeed(speed: number): Promise<void> {
    if (!this.run) return
    this.send({ t: 'replay', op: 'speed', run: this.run.number, speed })
    this.set({ ...this.status, speed })
  }

  /** A report of the page. */
  report(link: number, report: ReplayReport): void {
    const { run } = this
    if (!run || run.link !== link || run.number !== report.run) return
    const { op, applied, skipped, reason } = report
    const seq = applied > 0 ? (run.prepared.stepSeqs[applied - 1] ?? -1) : -1
    const counts = { ...this.status, applied, skipped, reason, seq }
    if (op === 'want') this.sendSteps(run, applied)
    else if (op === 'progress') this.set(counts)
    else if (op === 'started' || op === 'playing') this.set({ ...counts, state: 'playing' })
    else if (op === 'paused') this.set({ ...counts, state: 'paused' })
    else if (op === 'done') {
      this.set({ ...counts, state: 'done' })
      run.work = run.work.then(() => this.conclude(run))
    } else if (op === 'live') this.end({ ...counts, state: 'idle' })
    else this.end({ ...counts, state: 'failed' })
  }

  linkClosed(link: number): void {
    if (this.run?.link === link) this.end({ ...this.status, state: 'failed', reason: 'The page is gone.' })
  }

  /** Each step once, in order: a page that keeps asking gets nothing more. */
  private sendSteps(run: ReplayRun, index: number): void {
    if (index !== run.sent) return
    const { steps } = run.prepared
    let text = 0
    let end = index
    while (end < steps.length && end < index + Limits.steps && text < STEPS_TEXT) text += steps[end++]!.payload.length
    run.sent = end
    if (end > index) this.send({ t: 'replay', op: 'steps', run: run.number, index, steps: steps.slice(index, end) })
  }

  private send(command: ReplayCommand): void {
    if (this.run) this.delegate.send(this.run.link, command)
  }

  private set(status: ReplayStatus): void {
    this.status = status
    this.delegate.notify(status)
  }

  private end(status: ReplayStatus): void {
    this.run?.stop()
    this.run = undefined
    this.set(status)
  }

  private follow(run: ReplayRun, take: number, from: number, to: number): void {
    const seqs: number[] = []
    for (let seq = from; seq < to; seq++) {
      const chunk = run.live.chunkOf(seq)
      if (chunk && chunk.take[seq - chunk.firstSeq] === take) seqs.push(seq)
    }
    if (seqs.length === 0) return
    run.work = run.work.then(async () => {
      await run.comparison.arrived(seqs)
      this.showDivergence(run)
    })
  }

  private async conclude(run: ReplayRun): Promise<void> {
    await run.comparison.finished()
    this.showDivergence(run)
    const { recording, prepared, live } = run
    const { lastSeq } = prepared
    const chunk = recording.chunkOf(lastSeq)
    if (!chunk || this.run !== run) return
    const lastN = chunk.n[lastSeq - chunk.firstSeq] as number
    const producer = recording.producers[prepared.producer] as string
    const outcome = compareStates(recording, producer, lastN, live, this.status.take)
    this.set({ ...this.status, outcome })
  }

  private showDivergence(run: ReplayRun): void {
    const { divergence } = run.comparison
    if (this.run === run && divergence && !this.status.divergence) this.set({ ...this.status, divergence })
  }
}

function refuse(message: string): { ok: false; message: string } {
  return { ok: false, message }
}
