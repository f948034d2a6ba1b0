import { isWhole } from '@playhead/shared/values/is-whole'
import type { Divergence } from '../contract/replay'
import type { LogReader } from '../log/reader'
import { type PreparedPlan, payloadText } from './plan'
import { attachmentsOf, LeftOut, standingOf } from './roots'

/** One event as the comparison sees it. */
interface ComparedEvent {
  seq: number
  type: string
  source: string
  payload: string
}

/**
 * Compares what a replay brings about with what was recorded, event by event in the producer's order, until the first difference.
 * Payloads that are not whole are never called equal: only type and source count for them. Events which a replay cannot bring about
 * (heard by a listener or recorded by hand, without a known cause) are passed over on both sides.
 */
export class ReplayComparison {
  divergence: Divergence | null = null
  private next = 0
  private readonly consequences: ReadonlySet<string>
  /** seqs whose payload was edited: compared by type and source only. */
  private readonly edited: ReadonlySet<number>
  private readonly leftOut = new LeftOut()

  constructor(
    private readonly recording: LogReader,
    /** Where the replay is recorded: another session than the recording where that was imported. */
    private readonly live: LogReader,
    private readonly plan: Pick<PreparedPlan, 'expected' | 'optional' | 'request'>,
  ) {
    this.consequences = new Set(plan.request.consequences)
    this.edited = new Set(plan.request.edits.map(edit => edit.seq))
  }

  /** Events of the take, in order of arrival. */
  async arrived(seqs: number[]): Promise<void> {
    for (const seq of seqs) {
      if (this.divergence || this.plan.request.mode === 'all') return
      if (!this.isPassedOver(seq)) await this.follow(seq)
    }
  }

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

  /** The replay is over: what was expected and did not come is missing. */
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
