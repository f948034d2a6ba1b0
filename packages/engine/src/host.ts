import type { RegexRunner } from './search/terms/regex-runner'
import type { PeerMessage, Peers } from './sessions/peers'
import type { Disk } from './storage/disk'
import type { Locks } from './storage/locks'
import type { Clock } from './tasks/clock'
import type { ExportFiles } from './transfer/sink'

/**
 * What the engine asks of the place it runs in. `browser/` answers with IndexedDB, web locks, BroadcastChannel, the origin's private file
 * system and workers; `node/` with a folder of files, lock files and threads; tests with memory. The engine itself touches nothing but the
 * language, timers, MessageChannel, streams and crypto, which both places have.
 */
export interface EngineHost {
  /** Opens the durable store of that name. The same name finds the same sessions again. */
  disk(database: string): Disk
  /** Keeps other engines over the same database away from a session that this one writes to. */
  locks: Locks
  /** Joins the other engines over the same database; `heard` is called with what they tell. */
  peers(database: string, heard: (message: PeerMessage) => void): Peers
  /** Creates the files that exports are written to. */
  exports: ExportFiles
  /** Runs regular expressions of the user with a time limit. */
  regex: RegexRunner
  /** Returns the bytes that are used on the disk and those that may be used; 0 where that is not known. */
  quota(): Promise<{ usage: number; quota: number }>
  clock: Clock
  /** Names the browser or runtime in the records of new sessions, as a user agent string does. */
  agent: string
}
