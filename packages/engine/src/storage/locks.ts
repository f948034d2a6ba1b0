/**
 * Locks between the engines that share a database. Whoever records into a session holds the session's lock, so that a second panel, or a
 * second process, does not write to it. A lock ends with its holder, however the holder ends.
 */
export interface Locks {
  /**
   * Takes a lock and resolves with the function that releases it. Rejects when somebody else holds the lock and has not released it after
   * `patience` ms (default 0).
   */
  hold(name: string, patience?: number): Promise<() => void>
  /** Names of all locks that are held now, by this engine and by others. */
  held(): Promise<Set<string>>
}

const SESSION = 'playhead:session:'

/** Names the lock of whoever writes to a session. */
export const sessionLock = (session: string) => SESSION + session
/** Returns the id of the session that a lock is for; undefined where the lock is for something else. */
export const sessionOfLock = (name: string) => (name.startsWith(SESSION) ? name.slice(SESSION.length) : undefined)
/** Names the lock of whoever imports into a data key. */
export const importLock = (data: string) => `playhead:import:${data}`
