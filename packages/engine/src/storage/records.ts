import type { Gap } from '@playhead/shared/model/gap'
import type { ProducerId } from '@playhead/shared/model/id'
import type { SessionInfo } from '@playhead/shared/model/session'

/** What the catalogue says of one session. */
export interface SessionRecord {
  info: SessionInfo
  /**
   * The data key: everything of the session but this record lies under it. It is the session's id, or another one where the session was
   * imported, so that an import can be written beside the session that it replaces in the end.
   */
  data: string
  /** seq of the first visible event. */
  firstSeq: number
  /** Pairs of a chunk's first seq and the bytes of its body, of all chunks whose body is compressed. */
  packed?: Float64Array
  /** True: parts of the stored record were damaged and have been replaced by guesses. This field itself is never stored. */
  repaired?: boolean
}

/** The open chunk as it was when it was written last. */
export interface TailRecord {
  head: ArrayBuffer
  body: ArrayBuffer
}

/** All gaps of one producer. */
export interface GapRecord {
  producer: ProducerId
  gaps: Gap[]
}

/** Says that an import writes under the data key `data`. Where nobody holds the import's lock, it is dead and what it wrote is removed. */
export interface UnfinishedRecord {
  kind: 'import'
  data: string
  /** Epoch ms. */
  started: number
}
