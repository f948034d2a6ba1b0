import type { SessionInfo } from '@playhead/shared/model/session'
import { messageOf } from '@playhead/shared/values/message-of'
import type { Annotation, Retention, SessionsApi } from '../contract/sessions'
import type { Ingest } from '../ingest/ingest'
import type { RetentionEnforcer } from '../retention/enforcer'
import type { SessionStore } from '../sessions/session-store'

const MOST_BOOKMARKS = 10_000
const MOST_TAGS = 32

/** What `EngineSessions` is handed. */
export interface SessionsDelegate {
  store: SessionStore
  ingest: Ingest
  retention: RetentionEnforcer
  /** False: nothing may be written to the disk, whatever the retention policy says. */
  persistent: boolean
  /** Bytes of payload text that a session keeps in memory where no policy says anything else. */
  textBudget: number
  /** Called when a session came, went, or has another record. */
  changed(): void
  /** Called when the status may have changed. */
  tick(): void
  problem(message: string): void
  /** Called when every session was deleted. */
  wiped(): Promise<void>
}

/** Lists and changes sessions, and bounds what the user said to the sizes that a record may have. */
export class EngineSessions implements SessionsApi {
  constructor(private readonly delegate: SessionsDelegate) {}

  list(): Promise<SessionInfo[]> {
    return this.delegate.store.list()
  }

  summary(session: string): Promise<SessionInfo | null> {
    return this.delegate.store.summary(session)
  }

  async begin(keep: boolean): Promise<void> {
    await this.delegate.ingest.newSession(keep)
    this.delegate.changed()
  }

  async remove(session: string): Promise<void> {
    const { store, ingest, problem, changed } = this.delegate
    if (store.live?.info.id === session) await ingest.newSession(false)
    else {
      await store.remove(session).catch(error => problem(`The session was not deleted: ${messageOf(error)}`))
    }
    changed()
  }

  rename(session: string, name: string): Promise<void> {
    return this.change(session, info => {
      info.name = name.slice(0, 256)
    })
  }

  annotate(session: string, { pinned, tags, note, bookmark }: Annotation): Promise<void> {
    return this.change(session, info => {
      if (pinned !== undefined) info.pinned = pinned
      if (tags !== undefined) info.tags = tags.slice(0, MOST_TAGS).map(tag => tag.slice(0, 64))
      if (note !== undefined) info.note = note.slice(0, 4096)
      if (bookmark === undefined) return
      const { bookmarks = [] } = info
      const others = bookmarks.filter(id => id !== bookmark)
      info.bookmarks = others.length < bookmarks.length ? others : [...others, bookmark].slice(0, MOST_BOOKMARKS)
    })
  }

  async setRecording(recording: boolean): Promise<void> {
    this.delegate.ingest.setRecording(recording)
    this.delegate.tick()
  }

  async setRetention(wanted: Retention): Promise<void> {
    const { store, retention, ingest, persistent } = this.delegate
    const keep = !persistent && wanted.keep === 'disk' ? 'memory' : wanted.keep
    const before = retention.policy.keep
    const { textBudget = retention.policy.textBudget ?? this.delegate.textBudget } = wanted
    retention.policy = { ...wanted, keep, textBudget }
    store.setTextBudget(textBudget)
    store.setCapacity(wanted.session.events || Number.POSITIVE_INFINITY)
    if (keep !== before) {
      store.keep = keep
      if (store.live) await ingest.newSession(true)
    }
    await retention.sweep()
    this.delegate.changed()
    this.delegate.tick()
  }

  async flush(): Promise<void> {
    await this.delegate.store.live?.flush()
  }

  async wipe(): Promise<void> {
    await this.delegate.ingest.wipe()
    await this.delegate.wiped()
    this.delegate.changed()
  }

  artifacts(refs: readonly string[]): Promise<string[]> {
    return this.delegate.store.artifacts.here(refs)
  }

  async artifact(ref: string): Promise<ArrayBuffer | null> {
    return (await this.delegate.store.artifacts.read(ref)) ?? null
  }

  private async change(session: string, change: (info: SessionInfo) => void): Promise<void> {
    await this.delegate.store.change(session, change)
    this.delegate.changed()
    this.delegate.tick()
  }
}
