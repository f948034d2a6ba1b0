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

/** Characters of payload above which a message of steps is full. Browsers carry messages of 64 MiB at most. */
const STEPS_TEXT = 4 << 20

export interface ReplayDelegate {
  /** The log of a session, live or stored; undefined when there is no such session. */
  open(session: string): Promise<LogReader | undefined>
  /** Sends a message to the page at the other end of a link. */
  send(link: number, message: ToPage): void
  /** Tells the panel of a new status. */
  notify(status: ReplayStatus): void
  /** The log that a link records into, and the origin of its page; undefined when the link is gone. */
  live(link: number): { log: LogReader; origin: string } | undefined
  /** Registers a take that starts now in the session that `link` records into, and returns the take's number. */
  newTake(link: number, take: Pick<Take, 'kind' | 'name' | 'fromSeq' | 'toSeq'>): number
}

/** A replay under way. */
interface ReplayRun {
  /** Counts the replays of this engine. Reports with another number belong to an earlier one. */
  number: number
  /** Steps sent so far. */
  sent: number
  link: number
  prepared: PreparedPlan
  /** The log that is replayed. */
  recording: LogReader
  /** The log that the replay is recorded into. */
  live: LogReader
  comparison: ReplayComparison
  /** Stops listening to `live`. */
  stop: () => void
  /** The end of the chain of comparisons, which run one after the other. */
  work: Promise<void>
}

/**
 * Runs one replay at a time: plans it, sends the page its steps, and compares what the page emits with the recording. The page's replayer
 * (`packages/sdk/src/replay/replayer.ts`) decides when a step is due; the engine only follows its reports, in quotes here:
 *
 *            start()           "started" "playing"            "done"
 *     idle ──────────▶ seeking ──────────────────▶ playing ──────────▶ done      then conclude(): the outcome
 *                         │               "paused" ⇅ "playing"          │
 *                         └──── "paused" ──────▶ paused                 │
 *     idle ◀──────────── "live", from each of these ◀───────────────────┘
 *     failed ◀────────── "failed" or the link is closed, from each of these
 *
 * What goes to and fro in one replay:
 *
 *     engine                                      page
 *     keyframe, start (states, takes) ─────────▶  keeps its live state, sets the recorded states
 *                          want 0 ◀─────────────
 *     steps 0 … k  ────────────────────────────▶  emits those that are due
 *                          want k+1 ◀───────────  when few are left; a step is sent once, however often it is asked for
 *     follow() ── ReplayComparison ◀── events of the replay's take, as recorded ones, over the link
 *     report() ◀── progress, paused, … ─────────
 *
 * A replay goes into a page of the origin that it was recorded in, and into no other.
 */
export class ReplayController implements ReplayApi {
  private status: ReplayStatus = IDLE
  /** The latest plan, which is the only one that can be started. */
  private prepared: { prepared: PreparedPlan; recording: LogReader } | undefined
  private run: ReplayRun | undefined
  private plans = 0
  private runs = 0

  constructor(private readonly delegate: ReplayDelegate) {}

  /** Plans a replay. The outcome is the plan, or a sentence for the user that says why there is none. */
  async plan(request: ReplayRequest): Promise<Outcome<ReplayPlan>> {
    const recording = await this.delegate.open(request.session)
    if (!recording) return refuse('The session is gone.')
    const number = ++this.plans
    try {
      const prepared = await planReplay(recording, request, number)
      // Several plans may be under way: an earlier one that takes longer must not replace a later one.
      if (number === this.plans) this.prepared = { prepared, recording }
      return { ok: true, value: prepared.plan }
    } catch (error) {
      return { ok: false, message: messageOf(error) }
    }
  }

  /** Starts the plan with this number in the page of `link`. The outcome is the replay's take, or a sentence for the user. */
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
    // A take names its range by seqs of the session that it is in, so one that replays another session has none.
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
    // The page's state now is what the recording led to. A keyframe of it belongs to the recording, to compare the replay's end with.
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

  /** Passes a command of the user on to the page; the status changes when the page reports. Does nothing without a replay. */
  async control(op: ReplayControl): Promise<void> {
    if (this.run) this.send({ t: 'replay', op, run: this.run.number })
  }

  /** `speed`: 1 is as recorded, 0 as fast as possible. Does nothing without a replay. */
  async setSpeed(speed: number): Promise<void> {
    if (!this.run) return
    this.send({ t: 'replay', op: 'speed', run: this.run.number, speed })
    this.set({ ...this.status, speed })
  }

  /** Takes in a report of the page at the other end of `link`. Reports of another link, or of an earlier replay, are ignored. */
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

  /** To be called when a link is closed: its replay has failed. */
  linkClosed(link: number): void {
    if (this.run?.link === link) this.end({ ...this.status, state: 'failed', reason: 'The page is gone.' })
  }

  /** Sends the steps from `index` on that fit into one message. Each step is sent once, in order, however often the page asks. */
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

  /** Compares those events at seqs `from … to` (exclusive) of the live log that belong to the replay's take. */
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

  /** Finishes the comparison of events, then compares the states at the end. */
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
