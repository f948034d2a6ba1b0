import type { ReplayCommand } from '@playhead/shared/wire/messages'
import { AsyncWork } from './async-work'
import { LiveState } from './live-state'
import { StepQueue } from './queue'
import type { ReplayTarget } from './target'
import { Tempo } from './tempo'

export type StartCommand = Extract<ReplayCommand, { op: 'start' }>

/** What belongs to one replay, from its start until the live state is back. */
export class Run {
  readonly queue: StepQueue
  readonly tempo: Tempo
  readonly live: LiveState
  /** Steps done with, skipped ones included. */
  applied = 0
  skipped = 0
  /** Recorded states that are being set. */
  readonly pending: AsyncWork
  /** What the app was asked for and is still about: to set the states, or to emit the event of the step applied last. */
  underWay: Promise<unknown> | undefined
  private readonly notes: string[] = []

  constructor(
    readonly start: StartCommand,
    target: ReplayTarget,
  ) {
    this.queue = new StepQueue(start.total)
    this.tempo = new Tempo(start.speed)
    this.live = new LiveState(target)
    this.pending = new AsyncWork(underWay => {
      this.underWay = underWay
    })
  }

  /** `reason`: why a step could not be done; undefined: it was. */
  skip(reason: string | undefined): void {
    if (reason === undefined) return
    if (this.skipped === 0) this.note(reason)
    this.skipped++
  }

  note(text: string): void {
    if (text) this.notes.push(text)
  }

  /** Why the first skipped step was, and what else the user should know. */
  get reason(): string {
    return this.notes.join('; ')
  }

  get finished(): boolean {
    return this.applied >= this.start.total
  }
}
