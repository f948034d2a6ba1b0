/** The state of the engine, and the notices by which it tells its subscribers of changes. */

import type { SessionInfo } from '@playhead/shared/model/session'
import type { ReplayStatus } from './replay'
import type { NextToGo, Retention } from './sessions'
import type { TransferProgress } from './transfer'
import type { ViewStatus } from './view'

/** The state of the engine as the status line shows it. */
export interface EngineStatus {
  /** The record of the live session; null before the first recorder said hello. */
  session: SessionInfo | null
  /** False: recorders are paused. */
  recording: boolean
  /** Recorders that are connected. */
  links: {
    link: number
    producer: string
    name: string
    url: string
    title: string
    origin: string
    frame: 'top' | 'frame'
  }[]
  /** Events of the live session that are stored, and events known to be missing. */
  events: number
  missing: number
  /** Highest seq that was appended, and highest seq that is on disk; -1 where there is none. */
  lastSeq: number
  persistedSeq: number
  /** Events per second, over the last second. */
  rate: number
  /** ms between the time of the newest event and its arrival here. */
  lag: number
  /** Bytes of columns and text of the live session: in memory, and on disk. */
  memory: number
  disk: number
  /** Sealed chunks of the live session whose text is compressed, and those whose text is not, or not yet. */
  compressedChunks: number
  rawChunks: number
  /** Bytes that compression saved of the live session's text, and bytes of that text in memory, compressed or not. */
  savedBytes: number
  textInMemory: number
  /** Chunks of the session in view whose text has a summary that speeds up searches, and chunks that can have one. */
  indexedChunks: number
  indexableChunks: number
  /** `memory`: nothing is written, by choice or in a private window. `degraded`: the disk refuses, `problem` says why. */
  storage: 'persistent' | 'memory' | 'degraded'
  problem: string
  /** The retention policy in force. */
  retention: Retention
  /** All sessions together (events, bytes), and the bytes that this origin may use and uses. At most some seconds old. */
  kept: { sessions: number; events: number; bytes: number; quota: number; usage: number }
  /** What is removed next; null where no bound is set or nothing can go. */
  next: NextToGo | null
  /** Messages that were not valid and were dropped. */
  rejected: number
  /** Share of the last second for which the engine was busy, 0 to 1. */
  busy: number
}

/** What the engine tells its subscribers. */
export type EngineNotice =
  | { t: 'status'; status: EngineStatus }
  /** The view, or the search in it, has other rows or is further than before. */
  | { t: 'view'; view: ViewStatus }
  | { t: 'found'; found: ViewStatus }
  /** The panel must send the message on this link as it is. */
  | { t: 'send'; link: number; message: unknown }
  /** The list of sessions changed. */
  | { t: 'sessions' }
  | { t: 'transfer'; progress: TransferProgress }
  | { t: 'replay'; replay: ReplayStatus }
  /** The user should know this; it answers no call. */
  | { t: 'problem'; message: string }
