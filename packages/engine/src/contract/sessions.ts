/** Lists, annotates and removes sessions, bounds what is kept, and begins new ones. */

import type { SessionInfo } from '@playhead/shared/model/session'

/** Upper bounds: events, bytes as stored, and age in ms. 0 stands for no bound. */
export interface Bounds {
  events: number
  bytes: number
  age: number
}

/** The retention policy: where sessions are kept, and how much of them. */
export interface Retention {
  /** `memory` keeps sessions until the engine ends; `none` keeps the live one only, and removes it when it ends. */
  keep: 'disk' | 'memory' | 'none'
  /** Bounds of the live session: its oldest events are evicted. */
  session: Bounds
  /** Bounds of all sessions together: the oldest sessions are removed, pinned ones stay. */
  total: Bounds
  /** Bytes of payload text that a session keeps in memory uncompressed; further text is on disk or compressed. Default: as `start` said. */
  textBudget?: number
}

/** A change of what the user says of a session. Fields that are absent stay as they are. */
export interface Annotation {
  pinned?: boolean
  tags?: string[]
  note?: string
  /** Id of an event: it gets a bookmark, or loses the one it has. */
  bookmark?: string
}

/** What is removed when a bound is passed next: a whole session, or the oldest events of the live one. `id` is the session's. */
export interface NextToGo {
  what: 'session' | 'oldest events'
  id: string
}

export interface SessionsApi {
  /** Lists the sessions, the latest begun first. */
  list(): Promise<SessionInfo[]>
  /**
   * Returns the record of a session with its statistics, counted now or, for a session that is over, once. Null where there is none of
   * that id.
   */
  summary(session: string): Promise<SessionInfo | null>
  /** Ends the live session and begins an empty one for the connected producers. `keep` false: the old one is deleted. */
  begin(keep: boolean): Promise<void>
  /** Deletes a session. The live one is replaced by an empty one. One that another panel records into stays, and a notice says so. */
  remove(session: string): Promise<void>
  /** Names a session; at most 256 characters. */
  rename(session: string, name: string): Promise<void>
  /** Changes what the user says of a session. */
  annotate(session: string, change: Annotation): Promise<void>
  /** Tells every connected recorder to record or to pause. */
  setRecording(recording: boolean): Promise<void>
  /** Sets the policy; sessions and events beyond its bounds are removed at once. A change of `keep` begins a new session. */
  setRetention(retention: Retention): Promise<void>
  /** Resolves when everything received so far is on disk, or when the disk refused it. */
  flush(): Promise<void>
  /** Deletes every session and all their data. */
  wipe(): Promise<void>
  /** Returns those of the given artifact references (SHA-256) whose bytes are here. */
  artifacts(refs: readonly string[]): Promise<string[]>
  /** Returns the bytes of an artifact; null where they are not here, or do not have that hash any more. */
  artifact(ref: string): Promise<ArrayBuffer | null>
}
