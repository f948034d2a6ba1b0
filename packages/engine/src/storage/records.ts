import type { Gap } from '@playhead/shared/model/gap'
import type { ProducerId } from '@playhead/shared/model/id'
import type { SessionInfo } from '@playhead/shared/model/session'

/**
 * The catalogue's record. `data` is the key under which the session's chunks lie: as a rule its id, another one for a session that was
 * imported, so that it can replace the old one in a single transaction.
 */
export interface SessionRecord {
  info: SessionInfo
  data: string
  /** Seq of the first visible event. */
  firstSeq: number
  /** Which bodies are compressed, and to how many bytes: pairs of first seq and bytes. */
  packed?: Float64Array
  /** What was stored could not be read whole; what was wrong has been replaced by guesses. Never stored itself. */
  repaired?: boolean
}

/** The open chunk. */
export interface TailRecord {
  head: ArrayBuffer
  body: ArrayBuffer
}

export interface GapRecord {
  producer: ProducerId
  gaps: Gap[]
}

/** Written by someone who has not finished: `started` in epoch ms. What it wrote under `data` is removed if nobody holds its lock. */
export interface UnfinishedRecord {
  kind: 'import'
  data: string
  started: number
}
