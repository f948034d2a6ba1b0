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
  /** Rows before this one were evicted, and must appear nowhere. */
  readonly firstRow: number
  readonly minTime: number
  readonly maxTime: number
  /** True: times never go down from row to row. */
  readonly monotonic: boolean
  readonly sealed: boolean
  /** UTF-8 of all payloads; undefined where it is not in memory. */
  readonly text: Uint8Array | undefined
}

/**
 * Columns that a late fact changes after the event was stored. Whoever remembers something of them has to look again at a change
 * `changed`.
 */
export type LateColumn = Extract<ColumnName, 'flags' | 'duration'>

/** The columns of a chunk that never change after they were appended. */
export type SteadyChunk = Omit<LogChunk, LateColumn>

/** Read access to the events of one session. Single-threaded: nothing changes while a synchronous reader runs. */
export interface LogReader {
  readonly session: SessionInfo
  /** seq of the first visible event, and the seq after the last one. Both are equal where the log is empty. */
  readonly firstSeq: number
  readonly endSeq: number
  /**
   * The chunks in the order of their seqs, without holes. Each has CHUNK_ROWS rows or, where payloads are large, fewer. A chunk that was
   * lost is there with all its rows hidden: its `firstRow` is its `count`.
   */
  readonly chunks: readonly LogChunk[]
  readonly types: readonly string[]
  readonly sources: readonly string[]
  /** Producer ids by code. */
  readonly producers: readonly ProducerId[]
  readonly gaps: readonly Gap[]
  readonly keyframes: readonly Keyframe[]
  /** Returns the chunk that holds a visible event; undefined where the event is not in the log. */
  chunkOf(seq: number): LogChunk | undefined
  /**
   * Returns the text of a chunk, from memory or disk; undefined where it is lost. The caller must let go of it soon. Rejects when the disk
   * refuses.
   */
  loadText(chunk: LogChunk): Promise<Uint8Array | undefined>
  /** Returns the text of a chunk for one search; null where it cannot hold what is looked for, which takes less time to find out. */
  searchText(chunk: LogChunk, search: TextSearch): Promise<Uint8Array | undefined | null>
  /** Returns the seq of a producer's event, by the producer's code; -1 where the event is not in the log. */
  seqOf(producer: number, n: number): number
  /** Calls the listener after every change. Returns a function that stops it. */
  onChange(listener: (change: LogChange) => void): () => void
}

/** The part of a log that never changes after it was appended: only more comes, and the oldest goes. */
export interface SteadyLog
  extends Omit<LogReader, 'chunks' | 'chunkOf' | 'gaps' | 'loadText' | 'searchText' | 'onChange'> {
  readonly chunks: readonly SteadyChunk[]
  chunkOf(seq: number): SteadyChunk | undefined
}

/** What is looked for in the text of chunks. */
export interface TextSearch {
  /** Returns false where none of these payloads can be what is looked for. They are all of a chunk, in any order. */
  mayHold(payloads: Uint8Array): boolean
  /** Lends the memory for the text. The caller gives it back. */
  scratch: Scratch
}

/** What changed in a log. */
export type LogChange =
  /** Events were appended; `to` is exclusive. */
  | { t: 'appended'; from: number; to: number }
  /** Events before `firstSeq` were evicted. */
  | { t: 'evicted'; firstSeq: number }
  | { t: 'gaps' }
  | { t: 'marks' }
  /** Late facts changed columns of stored events. */
  | { t: 'changed' }
