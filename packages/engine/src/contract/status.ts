/** How things stand with the engine, and what it says of its own accord. */

import type { SessionInfo } from '@playhead/shared/model/session'
import type { ReplayStatus } from './replay'
import type { NextToGo, Retention } from './sessions'
import type { TransferProgress } from './transfer'
import type { ViewStatus } from './view'

export interface EngineStatus {
  /** The live session, null before the first hello. */
  session: SessionInfo | null
  recording: boolean
  links: {
    link: number
    producer: string
    name: string
    url: string
    title: string
    origin: string
    frame: 'top' | 'frame'
  }[]
  /** Of the live session. */
  events: number
  missing: number
  /** Highest seq appended, and highest seq on disk; -1 = none. */
  lastSeq: number
  persistedSeq: number
  /** Events/s over the last second. */
  rate: number
  /** ms between an event's time and its arrival, newest batch. */
  lag: number
  /** Bytes of columns and text: in memory, and of the session on disk. */
  memory: number
  disk: number
  /** Of the live session: chunks whose text is compressed, and those whose text is not (yet). */
  compressedChunks: number
  rawChunks: number
  /** Bytes that compressing took off its text, and bytes of its text in memory, compressed or not. */
  savedBytes: number
  textInMemory: number
  /** Of the session in view: chunks whose text is summed up for searches, and those that can be. */
  indexedChunks: number
  indexableChunks: number
  /** `memory`: by choice or private window; `degraded`: the disk refused, see `problem`. */
  storage: 'persistent' | 'memory' | 'degraded'
  problem: string
  retention: Retention
  /** All sessions together, and what the browser grants this origin (bytes); as of some seconds ago. */
  kept: { sessions: number; events: number; bytes: number; quota: number; usage: number }
  next: NextToGo | null
  /** Messages that failed validation and were dropped. */
  rejected: number
  /** Share of the last second this worker was busy with its own work, 0–1. */
  busy: number
}

export type EngineNotice =
  | { t: 'status'; status: EngineStatus }
  | { t: 'view'; view: ViewStatus }
  | { t: 'found'; found: ViewStatus }
  /** To be sent to the page on this link, as it is. */
  | { t: 'send'; link: number; message: unknown }
  | { t: 'sessions' }
  | { t: 'transfer'; progress: TransferProgress }
  | { t: 'replay'; replay: ReplayStatus }
  /** Something the user should know; not an answer to a call. */
  | { t: 'problem'; message: string }
