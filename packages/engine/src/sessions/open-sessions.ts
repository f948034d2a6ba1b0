import type { SessionLog } from '../log/session-log'

/** So many stored sessions stay in memory. */
const OPEN = 3

/** A stored session that is in memory, and the data key under which it is on disk. */
export interface OpenedSession {
  log: SessionLog
  data: string
}

/** Keeps the few stored sessions in memory that were asked for last. */
export class OpenSessions {
  private readonly opened = new Map<string, Promise<OpenedSession | undefined>>()

  /** `load` reads a session from the disk and resolves with undefined where there is none of that id. */
  constructor(private readonly load: (id: string) => Promise<OpenedSession | undefined>) {}

  /**
   * Returns a session's log, from memory or else from the disk. Undefined where there is none of that id. Rejects when the disk refuses;
   * the next call tries again.
   */
  async open(id: string): Promise<SessionLog | undefined> {
    const { opened } = this
    const known = opened.get(id)
    opened.delete(id)
    const loading = known ?? this.load(id)
    opened.set(id, loading)
    for (const oldest of opened.keys()) if (opened.size > OPEN) opened.delete(oldest)
    try {
      const found = await loading
      if (!found) opened.delete(id)
      return found?.log
    } catch (error) {
      opened.delete(id)
      throw error
    }
  }

  /** Returns a session that is in memory; undefined where it is not, without reading it. */
  async known(id: string): Promise<OpenedSession | undefined> {
    return this.opened.get(id)?.catch(() => undefined)
  }

  /** Returns every session that is in memory. */
  async all(): Promise<OpenedSession[]> {
    const all = await Promise.all([...this.opened.values()].map(opening => opening.catch(() => undefined)))
    return all.filter(found => found !== undefined)
  }

  /** Keeps a session in memory whose last events are still on their way to the disk, so that nobody reads it from there too early. */
  keep(id: string, session: OpenedSession): void {
    this.opened.set(id, Promise.resolve(session))
  }

  /** Lets go of a session; the next `open` reads it again. */
  forget(id: string): void {
    this.opened.delete(id)
  }

  clear(): void {
    this.opened.clear()
  }
}
