import { isWhole } from '@playhead/shared/values/is-whole'
import type { Divergence } from '../contract/replay'
import type { LogReader } from '../log/reader'
import { type PreparedPlan, payloadText } from './plan'
import { attachmentsOf, LeftOut, standingOf } from './roots'

/** What of an event is compared. */
interface ComparedEvent {
  seq: number
  type: string
  source: string
  payload: string
}

/**
 * Compares the events that a replay brings about with the recorded ones, in order, up to the first difference (the divergence).
 *
 *     expected (plan)   A    B    C?   D          C? is optional: its payload was cut when it was recorded
 *     arrived           A    B         X
 *                       =    =    –    ≠  ▶ divergence "differs": D was recorded, X happened
 *
 * Two events are equal when type, source and payload are. Where the payload was edited for this replay, or is not whole on either side, only
 * type and source are compared. Events that a replay cannot bring about (roots that were only observed, or recorded by hand), and what
 * followed from them, are passed over on both sides.
 */
export class ReplayComparison {
  /** The first difference; null as long as there is none. */
  divergence: Divergence | null = null
  /** Index in `plan.expected` of the event that should arrive next. */
  private next = 0
  private readonly consequences: ReadonlySet<string>
  /** seqs of recorded events whose payload was edited for this replay. */
  private readonly edited: ReadonlySet<number>
  /** Events of the replay that are passed over. */
  private readonly leftOut = new LeftOut()

  constructor(
    private readonly recording: LogReader,
    /** The log that the replay is recorded into. It is another session's than the recording when that was imported. */
    private readonly live: LogReader,
    private readonly plan: Pick<PreparedPlan, 'expected' | 'optional' | 'request'>,
  ) {
    this.consequences = new Set(plan.request.consequences)
    this.edited = new Set(plan.request.edits.map(edit => edit.seq))
  }

  /** Compares events of the replay's take, in the order in which they arrived. Await one call before the next. */
  async arrived(seqs: number[]): Promise<void> {
    for (const seq of seqs) {
      if (this.divergence || this.plan.request.mode === 'all') return
      if (!this.isPassedOver(seq)) await this.follow(seq)
    }
  }

  /** Compares one event with the next expected one, and with those behind it as long as the ones between are optional. */
  private async follow(seq: number): Promise<void> {
    const replayed = await read(this.live, seq)
    for (; ; this.next++) {
      const expectedSeq = this.plan.expected[this.next]
      if (expectedSeq === undefined) {
        this.divergence = {
          kind: 'extra',
          recorded: -1,
          replayed: seq,
          message: `${replayed.type} happened in the replay after everything recorded`,
        }
        return
      }
      const recorded = await read(this.recording, expectedSeq)
      const difference = compare(recorded, replayed, this.edited.has(expectedSeq))
      if (!difference) {
        this.next++
        return
      }
      if (!this.plan.optional.has(expectedSeq)) {
        this.divergence = { kind: 'differs', recorded: expectedSeq, replayed: seq, message: difference }
        return
      }
    }
  }

  /** Whether an event of the replay cannot be expected: it is a root that the plan could not emit, or followed from one. */
  private isPassedOver(seq: number): boolean {
    const chunk = this.live.chunkOf(seq)
    if (!chunk) return false
    const row = seq - chunk.firstSeq
    if (standingOf(this.live, chunk, row, this.consequences).root) {
      const attachment = attachmentsOf(this.live, chunk.producer[row] as number).get(chunk.via[row] as number)
      if (attachment?.replay) return false
      this.leftOut.add(chunk, row)
      return true
    }
    return this.leftOut.followed(chunk, row)
  }

  /** To be called when the replay is over: an event that was expected and did not arrive is a divergence. */
  async finished(): Promise<void> {
    const { expected, optional } = this.plan
    while (optional.has(expected[this.next] ?? -1)) this.next++
    const expectedSeq = expected[this.next]
    if (this.divergence || expectedSeq === undefined) return
    const recorded = await read(this.recording, expectedSeq)
    this.divergence = {
      kind: 'missing',
      recorded: expectedSeq,
      replayed: -1,
      message: `${recorded.type} (#${expectedSeq}) did not happen in the replay`,
    }
  }
}

async function read(log: LogReader, seq: number): Promise<ComparedEvent> {
  const chunk = log.chunkOf(seq)
  if (!chunk) return { seq, type: '(not in the log)', source: '', payload: '' }
  const row = seq - chunk.firstSeq
  return {
    seq,
    type: log.types[chunk.type[row] as number] as string,
    source: log.sources[chunk.source[row] as number] as string,
    payload: payloadText(chunk, row, await log.loadText(chunk)),
  }
}

/** How two events differ, in a sentence for the user; undefined when they count as equal. */
function compare(recorded: ComparedEvent, replayed: ComparedEvent, edited: boolean): string | undefined {
  if (recorded.type !== replayed.type) {
    return `${recorded.type} (#${recorded.seq}) was recorded, ${replayed.type} happened`
  }
  if (recorded.source !== replayed.source) {
    return `${recorded.type} came from ${recorded.source} (#${recorded.seq}), now from ${replayed.source}`
  }
  if (edited || recorded.payload === replayed.payload) return undefined
  if (!isWhole(recorded.payload) || !isWhole(replayed.payload)) return undefined
  return `the payload of ${recorded.type} (#${recorded.seq}) differs`
}
