import type { Gap } from '@playhead/shared/model/gap'
import { type EventId, parseEventId } from '@playhead/shared/model/id'
import type { Keyframe, SessionInfo } from '@playhead/shared/model/session'
import type { Batch } from '@playhead/shared/wire/columns'
import { type LogLimits, SessionLog } from './session-log'

/** The first and last event that a take replayed. */
export interface TakeRange {
  take: number
  from?: EventId
  to?: EventId
}

/** A log that is built from a whole session: what can be said only when every event is in waits for `finish`. */
export class ImportLog {
  readonly log: SessionLog
  private readonly gaps: Gap[] = []
  private readonly ranges: TakeRange[] = []

  /** Numbers count from each producer's `base`; how far it got is what its events, gaps and, at the end, `emitted` say. */
  constructor(
    private readonly given: SessionInfo,
    limits: Omit<LogLimits, 'maxEvents'>,
  ) {
    const info = { ...structuredClone(given), producers: [], bytes: 0 }
    this.log = new SessionLog(info, { ...limits, maxEvents: Number.POSITIVE_INFINITY })
    // Times are session time already.
    for (const producer of given.producers) this.log.addProducer({ ...producer, offset: 0, emitted: producer.base })
  }

  append(batch: Batch): void {
    const producer = this.log.producer(batch.meta.producer)
    if (!producer) throw new Error(`producer ${batch.meta.producer} is not in the session`)
    this.log.append(batch, producer)
  }

  keyframe(keyframe: Keyframe): void {
    this.log.addKeyframe(keyframe)
  }

  gap(gap: Gap): void {
    this.gaps.push(gap)
  }

  takeRange(range: TakeRange): void {
    this.ranges.push(range)
  }

  finish(): void {
    const { log, given } = this
    // What is missing is what the session says: not what the order of its events made the log believe meanwhile.
    for (const own of log.logs) own.gaps.clear()
    for (const gap of this.gaps) log.producer(gap.producer)?.restoreGap(gap)
    for (const { id, emitted, offset } of given.producers) {
      const own = log.producer(id)
      if (!own) continue
      own.restored(emitted, 'lost', n => log.timeOf(own, n))
      own.gapsDirty = true
      own.info.offset = offset
    }
    log.gapsChanged()
    for (const range of this.ranges) this.placeTake(range)
  }

  private placeTake({ take, from, to }: TakeRange): void {
    const found = this.log.session.takes.find(candidate => candidate.take === take)
    const fromSeq = this.seqOf(from)
    const toSeq = this.seqOf(to)
    if (found && fromSeq >= 0) found.fromSeq = fromSeq
    if (found && toSeq >= 0) found.toSeq = toSeq
  }

  private seqOf(id: EventId | undefined): number {
    const parsed = id === undefined ? undefined : parseEventId(id)
    const own = parsed && this.log.producer(parsed.producer)
    return own ? this.log.seqOf(own.code, parsed.n) : -1
  }
}
