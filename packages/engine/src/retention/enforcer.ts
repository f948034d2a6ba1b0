import type { SessionInfo } from '@playhead/shared/model/session'
import { messageOf } from '@playhead/shared/values/message-of'
import type { Retention } from '../contract/sessions'
import type { EngineStatus } from '../contract/status'
import type { SessionStore } from '../sessions/session-store'
import { nextToGo, victims } from './bounds'
import { excess } from './excess'

/** ms between two sweeps over all sessions. */
const SWEEP = 5_000

interface RetentionDelegate {
  /** Tells the user something. */
  problem(message: string): void
  /** Called after sessions were removed. */
  changed(): void
  /** Returns the id of the session that is looked at, which is not removed meanwhile; null where the live one is. */
  viewed(): string | null
  /** Returns the bytes that are used on the disk and those that may be used; 0 where that is not known. */
  quota(): Promise<{ usage: number; quota: number }>
}

/**
 * Enforces the retention policy at two places:
 *
 *     tick, every 250 ms ─┬─▶ the live session:     events beyond its bounds on age and bytes are evicted from its log
 *                         └─▶ sweep, every 5,000 ms: the oldest sessions are deleted until all together are within their bounds
 *
 * What is evicted becomes a gap with the reason `evicted`; a session that is deleted leaves nothing.
 */
export class RetentionEnforcer {
  /** All sessions together, and the disk's quota, as of the last sweep. */
  kept: EngineStatus['kept'] = { sessions: 0, events: 0, bytes: 0, quota: 0, usage: 0 }
  /** What is removed next, as of the last sweep. */
  next: EngineStatus['next'] = null
  private sweptAt = Number.NEGATIVE_INFINITY
  private sweeping: Promise<void> | undefined

  constructor(
    private readonly store: SessionStore,
    public policy: Retention,
    private readonly delegate: RetentionDelegate,
  ) {}

  /** Evicts what the live session has too much, and sweeps when it is time. Costs little while nothing is beyond a bound. */
  tick(): void {
    this.trimLive()
    if (this.store.clock.elapsed() - this.sweptAt >= SWEEP) void this.sweep()
  }

  /** Deletes sessions where all together are beyond a bound. A call during a sweep waits for that one. */
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
        // Another engine began to record into the session.
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

  /** Ids of sessions that must not be removed: recorded into, or looked at. */
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
