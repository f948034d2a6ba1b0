import { revive } from '@playhead/shared/values/revive'
import type { ReplayCommand } from '@playhead/shared/wire/messages'
import { AsyncWork } from './async-work'
import { LiveState, setState } from './live-state'
import { StepQueue } from './queue'
import type { ReplayTarget } from './target'
import { Tempo } from './tempo'

export type StartCommand = Extract<ReplayCommand, { op: 'start' }>

/** What belongs to one replay, from its start until the live state is back. */
export class Run {
  readonly queue: StepQueue
  readonly tempo: Tempo
  readonly live: LiveState
  /** Steps that are done with, skipped ones included. */
  applied = 0
  skipped = 0
  /** Recorded states that are being set. */
  readonly pending: AsyncWork
  /**
   * Settles when the app is done with what it was asked for last: to set the states, or to emit the event of a step. Undefined: it is done.
   */
  underWay: Promise<unknown> | undefined
  private readonly notes: string[] = []

  constructor(
    readonly start: StartCommand,
    private readonly target: ReplayTarget,
  ) {
    this.queue = new StepQueue(start.total)
    this.tempo = new Tempo(start.speed)
    this.live = new LiveState(target)
    this.pending = new AsyncWork(underWay => {
      this.underWay = underWay
    })
  }

  /**
   * Keeps the live state, stops the app's clocks and begins to set the recorded states; `pending` tells when all are set. Throws where the
   * app's functions do.
   */
  enterRecorded(): void {
    const { start, target, live, pending } = this
    live.keep()
    // What setting states and stopping clocks sets off is no part of the replay.
    target.setTake(start.away)
    live.stop()
    for (const { state, json } of start.states) {
      const { value, whole } = revive(json)
      this.note(setState(state, target.state(state), value, pending))
      if (!whole) this.note(`the state ${state} was not recorded whole`)
    }
  }

  /** Counts a step that could not be emitted, for the given reason; undefined: it was emitted. */
  skip(reason: string | undefined): void {
    if (reason === undefined) return
    if (this.skipped === 0) this.note(reason)
    this.skipped++
  }

  note(text: string): void {
    if (text) this.notes.push(text)
  }

  /** Why the first skipped step was skipped, and what else the user should know. */
  get reason(): string {
    return this.notes.join('; ')
  }

  get finished(): boolean {
    return this.applied >= this.start.total
  }
}
