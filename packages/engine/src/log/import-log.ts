import type { Gap } from '@playhead/shared/model/gap'
import { type EventId, parseEventId } from '@playhead/shared/model/id'
import type { Keyframe, SessionInfo } from '@playhead/shared/model/session'
import type { Batch } from '@playhead/shared/wire/columns'
import { type LogLimits, SessionLog } from './session-log'

/** The events that a take replayed: ids of the first and of the last. */
export interface TakeRange {
  take: number
  from?: EventId
  to?: EventId
}

/** Builds a log from a whole session. What can be said only when every event is in waits for `finish`. */
export class ImportLog {
  readonly log: SessionLog
  private readonly gaps: Gap[] = []
  private readonly ranges: TakeRange[] = []

  /**
   * `given` is the session's record. Each producer's n count from its `base`; its events and gaps, and `emitted` at the end, say how far
   * it got.
   */
  constructor(
    private readonly given: SessionInfo,
    limits: Omit<LogLimits, 'maxEvents'>,
  ) {
    const info = { ...structuredClone(given), producers: [], bytes: 0 }
    this.log = new SessionLog(info, { ...limits, maxEvents: Number.POSITIVE_INFINITY })
    // The offsets are 0 meanwhile, because the times of the events are session time already.
    for (const producer of given.producers) this.log.addProducer({ ...producer, offset: 0, emitted: producer.base })
  }

  /** Appends events of one producer of the session; throws where there is no such producer. */
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

  /** Places gaps and takes. Nothing may follow. */
  finish(): void {
    const { log, given } = this
    // The session says what is missing. What the log believed meanwhile came of the order of its events.
    for (const own of log.logs) own.gaps.clear()
    for (const gap of this.gaps) log.producer(gap.producer)?.restoreGap(gap)
    for (const { id, emitted, offset } of given.producers) {
      const own = log.producer(id)
      if (!own) continue
      own.restored(emitted, given.excerpt ? 'excerpt' : 'lost', n => log.timeOf(own, n))
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
