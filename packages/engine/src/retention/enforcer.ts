import type { SessionInfo } from '@playhead/shared/model/session'
import { messageOf } from '@playhead/shared/values/message-of'
import type { Retention } from '../contract/sessions'
import type { EngineStatus } from '../contract/status'
import type { SessionStore } from '../sessions/session-store'
import { nextToGo, victims } from './bounds'
import { excess } from './excess'

/** ms between two looks at all sessions together. */
const SWEEP = 5_000

interface RetentionDelegate {
  problem(message: string): void
  /** Sessions were removed. */
  changed(): void
  /** The session that is looked at: it is not taken away meanwhile. */
  viewed(): string | null
  /** Bytes used and available on the disk, 0 where that is not known. */
  quota(): Promise<{ usage: number; quota: number }>
}

/** Sees to it that what is kept stays within its bounds. */
export class RetentionEnforcer {
  kept: EngineStatus['kept'] = { sessions: 0, events: 0, bytes: 0, quota: 0, usage: 0 }
  next: EngineStatus['next'] = null
  private sweptAt = Number.NEGATIVE_INFINITY
  private sweeping: Promise<void> | undefined

  constructor(
    private readonly store: SessionStore,
    public policy: Retention,
    private readonly delegate: RetentionDelegate,
  ) {}

  /** Call it often: cheap while nothing is over. */
  tick(): void {
    this.trimLive()
    if (this.store.clock.elapsed() - this.sweptAt >= SWEEP) void this.sweep()
  }

  /** Removes whole sessions where all together pass a bound. */
  sweep(): Promise<void> {
    this.sweeping ??= this.sweepNow()
      .catch(error => this.delegate.problem(`Old sessions could not be removed: ${messageOf(error)}`))
      .finally(() => {
        this.sweeping = undefined
        this.sweptAt = this.store.clock.elapsed()
      })
    return this.sweeping
  }

  private trimLive(): void {
    const { live } = this.store
    if (!live) return
    const { log } = live
    const now = this.store.clock.now() - log.session.started
    const count = excess(log, this.policy.session, now, live.info.bytes)
    if (count === 0) return
    log.evict(count)
    live.touch()
  }

  private async sweepNow(): Promise<void> {
    const { store, policy } = this
    const room = await this.delegate.quota()
    let sessions = await store.list()
    const stay = await this.staying()
    const gone = new Set<string>()
    for (const { id } of victims(sessions, policy.total, stay, this.store.clock.now())) {
      try {
        await store.remove(id)
        gone.add(id)
      } catch {
        // Another panel began to record into it.
        stay.add(id)
      }
    }
    sessions = sessions.filter(session => !gone.has(session.id))
    this.kept = {
      sessions: sessions.length,
      ...sum(sessions),
      ...room,
    }
    this.next = nextToGo(store.live?.info ?? null, sessions, policy, stay)
    if (gone.size > 0) this.delegate.changed()
  }

  private async staying(): Promise<Set<string>> {
    const stay = await this.store.recording()
    const viewed = this.delegate.viewed()
    if (viewed) stay.add(viewed)
    return stay
  }
}

function sum(sessions: readonly SessionInfo[]): { events: number; bytes: number } {
  let events = 0
  let bytes = 0
  for (const session of sessions) {
    events += session.events
    bytes += session.bytes
  }
  return { events, bytes }
}
