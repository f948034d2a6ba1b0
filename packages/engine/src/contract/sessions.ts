/** Sessions: which there are, what is kept of them, and which one records. */

import type { SessionInfo } from '@playhead/shared/model/session'

/** What is kept at most; 0: no bound. `age` in ms, `bytes` as stored. */
export interface Bounds {
  events: number
  bytes: number
  age: number
}

export interface Retention {
  /** `memory`: until the panel is closed; `none`: the live session only, and it goes when it ends. */
  keep: 'disk' | 'memory' | 'none'
  /** Of the session that records: its oldest events go. */
  session: Bounds
  /** Of all sessions together: the oldest ones go, pinned ones stay. */
  total: Bounds
  /** Bytes of payload text kept in memory as it is; the rest is on disk or compressed. Absent: as `start` said. */
  textBudget?: number
}

export interface Annotation {
  pinned?: boolean
  tags?: string[]
  note?: string
  /** Id of an event that gets a bookmark, or loses the one it has. */
  bookmark?: string
}

/** What goes when a bound is passed next. */
export interface NextToGo {
  what: 'session' | 'oldest events'
  id: string
}

export interface SessionsApi {
  list(): Promise<SessionInfo[]>
  /** The catalogue's record with its statistics: counted now for the live session, else at most once. Null: no such session. */
  summary(session: string): Promise<SessionInfo | null>
  /** Ends the live session and starts an empty one for the connected producers; `keep` false deletes the old one. */
  begin(keep: boolean): Promise<void>
  remove(session: string): Promise<void>
  rename(session: string, name: string): Promise<void>
  /** Changes what the user says of a session; absent fields stay. */
  annotate(session: string, change: Annotation): Promise<void>
  setRecording(recording: boolean): Promise<void>
  /** From now on; what passes a bound goes at once. A change of `keep` begins a new session. */
  setRetention(retention: Retention): Promise<void>
  /** Resolves when everything received so far is on disk. */
  flush(): Promise<void>
  /** Deletes every session and all their data. */
  wipe(): Promise<void>
  /** Those of these artifacts whose bytes are here. */
  artifacts(refs: readonly string[]): Promise<string[]>
  /** Bytes of an artifact; null: they are not here, or no longer what they were. */
  artifact(ref: string): Promise<ArrayBuffer | null>
}
