import type { SessionLog } from '../log/session-log'

/** Sessions opened for looking that stay open. */
const OPEN = 3

/** A stored session in memory, and the key under which the disk has its data. */
export interface OpenedSession {
  log: SessionLog
  data: string
}

/** Stored sessions that somebody looked at last: a few stay in memory, the one that was asked for longest ago is let go of first. */
export class OpenSessions {
  private readonly opened = new Map<string, Promise<OpenedSession | undefined>>()

  /** `load` reads a session from the disk; undefined where there is none of that id. */
  constructor(private readonly load: (id: string) => Promise<OpenedSession | undefined>) {}

  /** The session's log, read where it is not open yet. Rejects when the disk says no; the next call tries again. */
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

  /** The session, where it is open already. */
  async known(id: string): Promise<OpenedSession | undefined> {
    return this.opened.get(id)?.catch(() => undefined)
  }

  async all(): Promise<OpenedSession[]> {
    const all = await Promise.all([...this.opened.values()].map(opening => opening.catch(() => undefined)))
    return all.filter(found => found !== undefined)
  }

  /** Keeps a session open that was not read from the disk: its last events are still on their way there. */
  keep(id: string, session: OpenedSession): void {
    this.opened.set(id, Promise.resolve(session))
  }

  forget(id: string): void {
    this.opened.delete(id)
  }

  clear(): void {
    this.opened.clear()
  }
}
