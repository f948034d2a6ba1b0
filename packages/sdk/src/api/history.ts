import type { CauseKind, FlagName, Kind, Level } from '@playhead/shared/model/event'
import type { EventId } from '@playhead/shared/model/id'

/**
 * The events still in the page's buffer, oldest first. Reading decodes batches: not for hot paths. Replaying from here and snapshots of
 * state (`replayEvents`, `jumpToEvent`, `getEventSnapshot`) are not part of it yet: the panel does both.
 */
export interface History {
  getEvents(query?: HistoryQuery): HistoryEvent[]
  /** Returns undefined where the event is not in the buffer. */
  getEvent(id: EventId): HistoryEvent | undefined
  /**
   * Returns the cause of the event, the cause of that and so on, nearest first, as far as they are in the buffer. Of several causes it
   * follows the main one.
   */
  causes(id: EventId): HistoryEvent[]
  /** Returns the events that name it as a cause. */
  effects(id: EventId): HistoryEvent[]
  statistics(): HistoryStatistics
}

/** A glob, an expression, or a function that judges the name. */
export type NameTest = string | RegExp | ((name: string) => boolean)

/** Says what `getEvents` looks for. An event is found if every part that is given holds. */
export interface HistoryQuery {
  /** Tests of the type, or of the source; one of them must hold. A text is a glob. */
  type?: NameTest | NameTest[]
  source?: NameTest | NameTest[]
  /** The first and the last moment, in ms on the producer's clock (`performance.now()`); both count. */
  from?: number
  to?: number
  /** Finds events of this level and of those before it (`milestone` comes first, `detail` last). */
  level?: Level
  /** The payload must have these fields with equal values; nested objects are compared in the same way. A function judges the payload. */
  payload?: Record<string, unknown> | ((payload: unknown) => boolean)
  /** Finds events of this take only. Default: the recording (0) and everything replayed. */
  take?: number
  /** Finds at most so many events, the newest. */
  limit?: number
}

/** One event of the buffer, decoded. */
export interface HistoryEvent {
  id: EventId
  n: number
  /** ms on the producer's clock (`performance.now()`). */
  time: number
  type: string
  source: string
  kind: Kind
  level: Level
  flags: FlagName[]
  take: number
  cause: EventId | undefined
  causeKind: CauseKind
  duration: number
  /** The payload as a value again: what text cannot hold (a function, a node of the document) is left out. */
  payload: unknown
}

export interface HistoryStatistics {
  /**
   * Events that were given a number; those of them that are in the buffer; those that are known to be missing there (pushed out, or emitted
   * in a pause).
   */
  emitted: number
  kept: number
  missing: number
  /** Bytes that the buffer takes. */
  bytes: number
  /** Artifacts in the page, their bytes, and how many had to go before a panel had them on disk. */
  artifacts: { kept: number; bytes: number; lost: number }
  /** Times of the oldest and newest event that is kept, in ms on the producer's clock; 0 where nothing is kept. */
  from: number
  to: number
  /** Counts of the events that are kept. */
  byType: Record<string, number>
  bySource: Record<string, number>
  byLevel: Record<Level, number>
}
