import type { CauseKind, FlagName, Kind, Level } from '@playhead/shared/model/event'
import type { EventId } from '@playhead/shared/model/id'

/**
 * The events still in the page's buffer, oldest first. Reading decodes batches: not for hot paths. Replaying from here and snapshots of
 * state (`replayEvents`, `jumpToEvent`, `getEventSnapshot`) are not part of it yet: the panel does both.
 */
export interface History {
  getEvents(query?: HistoryQuery): HistoryEvent[]
  /** Undefined: not in the buffer. */
  getEvent(id: EventId): HistoryEvent | undefined
  /** The chain of (main) causes, nearest first, as far as it is in the buffer. */
  causes(id: EventId): HistoryEvent[]
  /** Events directly caused by it. */
  effects(id: EventId): HistoryEvent[]
  statistics(): HistoryStatistics
}

/** What `getEvents` looks for; every given part must hold. */
export interface HistoryQuery {
  /** Globs on the type; any may match. */
  type?: string | string[]
  source?: string | string[]
  /** ms on the producer's clock (`performance.now()`), inclusive. */
  from?: number
  to?: number
  /** This level and those before it. */
  level?: Level
  /** Fields the payload must have with equal values; nested objects are compared in the same way. */
  payload?: Record<string, unknown>
  /** Default: the recording (0) and everything replayed. */
  take?: number
  /** The newest ones only. */
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
  /** Revived as far as text can. */
  payload: unknown
}

export interface HistoryStatistics {
  /** Events given a number; of them in the buffer; known to be missing there (pushed out, paused). */
  emitted: number
  kept: number
  missing: number
  /** Bytes of the buffer. */
  bytes: number
  /** Artifacts in the page, their bytes, and how many had to go before a panel had them on disk. */
  artifacts: { kept: number; bytes: number; lost: number }
  /** ms on the producer's clock; 0 where nothing is kept. */
  from: number
  to: number
  /** Of the events kept. */
  byType: Record<string, number>
  bySource: Record<string, number>
  byLevel: Record<Level, number>
}
