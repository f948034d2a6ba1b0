/**
 * Locks between the engines that share a database. Whoever records into a session holds the session's lock, so that a second panel, or a
 * second process, does not write to it. A lock ends with its holder, however the holder ends: a lock that is left behind is none.
 */
export interface Locks {
  /**
   * Takes a lock and resolves with the function that releases it. Rejects when somebody else holds the lock, at once or after having
   * waited for it for `patience` ms.
   */
  hold(name: string, patience?: number): Promise<() => void>
  /** Names of all locks that are held now, by this engine and by others. */
  held(): Promise<Set<string>>
}

const SESSION = 'playhead:session:'

/** Name of the lock of whoever writes to this session. */
export const sessionLock = (session: string) => SESSION + session
/** The session that a lock is for; undefined where the lock is for something else. */
export const sessionOfLock = (name: string) => (name.startsWith(SESSION) ? name.slice(SESSION.length) : undefined)
/** Name of the lock of whoever imports into this data key. */
export const importLock = (data: string) => `playhead:import:${data}`
