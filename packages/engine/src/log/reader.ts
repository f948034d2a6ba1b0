import type { Gap } from '@playhead/shared/model/gap'
import type { ProducerId } from '@playhead/shared/model/id'
import type { Keyframe, SessionInfo } from '@playhead/shared/model/session'
import type { ColumnName, Columns, LogColumn } from '@playhead/shared/wire/column-table'
import type { EventColumns } from '@playhead/shared/wire/columns'
import type { Scratch } from '../codec/scratch'

/**
 * The columns of one chunk of the log, hot or sealed. Only the first `count` rows of each column hold events; a hot chunk's arrays are
 * longer and `count` grows. Type and source ids are those of the whole session (`LogReader.types`), times are session time in ms.
 */
export interface LogChunk extends EventColumns, Columns<LogColumn> {
  readonly firstSeq: number
  /** Rows before this one were evicted by the visible capacity and must appear nowhere. */
  readonly firstRow: number
  readonly minTime: number
  readonly maxTime: number
  /** Times never go down from row to row. */
  readonly monotonic: boolean
  readonly sealed: boolean
  /** UTF-8 of all payloads if it is in memory now. */
  readonly text: Uint8Array | undefined
}

/** Columns that a late fact rewrites after the event was stored: whoever kept what they said hears `changed` and looks again. */
export type LateColumn = Extract<ColumnName, 'flags' | 'duration'>

/** What of a chunk stays as it was appended. */
export type SteadyChunk = Omit<LogChunk, LateColumn>

/** Read access to the events of one session. Single-threaded: nothing changes while a synchronous reader runs. */
export interface LogReader {
  readonly session: SessionInfo
  /** Seq of the first visible event and one past the last. Equal when empty. */
  readonly firstSeq: number
  readonly endSeq: number
  /**
   * In order of firstSeq, consecutive, each CHUNK_ROWS rows or (where payloads are large) fewer. What stood in a chunk that is lost is a
   * chunk with all its rows hidden: `firstRow` = `count`.
   */
  readonly chunks: readonly LogChunk[]
  readonly types: readonly string[]
  readonly sources: readonly string[]
  /** Producer ids by code. */
  readonly producers: readonly ProducerId[]
  readonly gaps: readonly Gap[]
  readonly keyframes: readonly Keyframe[]
  /** Undefined for hidden rows too. */
  chunkOf(seq: number): LogChunk | undefined
  /** Text of a chunk, from memory or disk; undefined where it is lost. Keep only while needed. */
  loadText(chunk: LogChunk): Promise<Uint8Array | undefined>
  /** As `loadText`, for a search of it and no longer; null where it holds nothing of what is looked for: that takes less time. */
  searchText(chunk: LogChunk, search: TextSearch): Promise<Uint8Array | undefined | null>
  /** seq of a producer's event; -1 when it is not in the log. */
  seqOf(producer: number, n: number): number
  /** Called after anything visible changed: rows appended (seqs from..to, exclusive), rows evicted, gaps or marks changed, late facts applied. */
  onChange(listener: (change: LogChange) => void): () => void
}

/** What of a session's events stays as it was appended; only more of it comes, and the oldest goes. */
export interface SteadyLog
  extends Omit<LogReader, 'chunks' | 'chunkOf' | 'gaps' | 'loadText' | 'searchText' | 'onChange'> {
  readonly chunks: readonly SteadyChunk[]
  chunkOf(seq: number): SteadyChunk | undefined
}

export interface TextSearch {
  /** Told all payloads of a chunk in any order: false when none of them can be what is looked for. */
  mayHold(payloads: Uint8Array): boolean
  /** Where the text may be put; the caller gives it back. */
  scratch: Scratch
}

export type LogChange =
  | { t: 'appended'; from: number; to: number }
  | { t: 'evicted'; firstSeq: number }
  | { t: 'gaps' }
  | { t: 'marks' }
  | { t: 'changed' }
