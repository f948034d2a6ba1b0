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
  /** Opens the durable store of this name; the same name finds the same sessions again. */
  disk(database: string): Disk
  locks: Locks
  /** Joins the other engines over the same database. */
  peers(database: string, heard: (message: PeerMessage) => void): Peers
  /** Where exports are written. */
  exports: ExportFiles
  /** Runs regular expressions of the user with a time limit. */
  regex: RegexRunner
  /** Bytes used and available on the disk, 0 where that is not known. */
  quota(): Promise<{ usage: number; quota: number }>
  clock: Clock
  /** Names the browser or runtime in the records of new sessions, as a user agent string does. */
  agent: string
}
