import type { SessionInfo } from '@playhead/shared/model/session'
import { messageOf } from '@playhead/shared/values/message-of'
import { Artifacts } from '../artifacts/artifacts'
import { memoryTarget, type PackTarget, storedTarget, writtenTarget } from '../compress/targets'
import type { Retention } from '../contract/sessions'
import type { LogReader } from '../log/reader'
import { type LogLimits, SessionLog } from '../log/session-log'
import type { Disk } from '../storage/disk'
import { openImporter, type SessionImporter } from '../storage/import-writer'
import { loadSession, readTextsFrom } from '../storage/load-session'
import { type Locks, sessionLock, sessionOfLock } from '../storage/locks'
import type { SessionRecord } from '../storage/records'
import type { Clock } from '../tasks/clock'
import { type LiveEvents, LiveSession } from './live-session'
import { memoryImporter } from './memory-importer'
import { type OpenedSession, OpenSessions } from './open-sessions'
import { readStatistics } from './statistics'
import { tidyUp } from './tidy-up'

/** ms to wait for the lock of a session whose panel was just closed. */
const PATIENCE = 1500
/** ms to wait for the lock of a session that nobody records into: compression holds it for moments. */
const BRIEFLY = 200
/** A session goes on with the tab's next page if less than so many ms passed since it was last recorded into. */
export const CONTINUES_WITHIN = 30 * 60_000

/**
 * All sessions, and where each one's log is:
 *
 *     live      recorded into: log, writer and lock             create, resume ─▶ live ─▶ endLive
 *     inMemory  logs of sessions that are never written         (no disk, or a policy that keeps in memory; the live one may be among them)
 *     opened    logs read from the disk to look at, a few       open ─▶ opened, let go of when others are asked for
 *     disk      the catalogue, and everything that was written
 *
 * A log is looked for in that order. Whoever writes events of a session to the disk holds its lock.
 */
export class SessionStore {
  live: LiveSession | undefined
  /** Where new sessions are kept. */
  keep: Retention['keep']
  readonly artifacts: Artifacts
  readonly clock: Clock
  private readonly locks: Locks
  private readonly limits: LogLimits
  private readonly opened = new OpenSessions(id => this.load(id))
  /** Logs of sessions that are never written, by id. */
  private readonly inMemory = new Map<string, SessionLog>()
  /** Ids of sessions that are deleted when they end. */
  private readonly fleeting = new Set<string>()

  constructor(
    private readonly disk: Disk | undefined,
    limits: LogLimits,
    { locks, clock }: { locks: Locks; clock: Clock },
    private readonly events: LiveEvents & { problem(message: string): void },
  ) {
    this.locks = locks
    this.clock = clock
    this.limits = { ...limits }
    this.keep = disk ? 'disk' : 'memory'
    this.artifacts = new Artifacts(disk, events.problem)
    if (disk) disk.onEmptied = () => this.startOver()
  }

  /** From now on a session keeps at most so many events. The live one evicts at once. */
  setCapacity(maxEvents: number): void {
    this.limits.maxEvents = maxEvents
    this.live?.log.setCapacity(maxEvents)
  }

  /** From now on each session keeps at most so many bytes of payload text in memory. */
  setTextBudget(bytes: number): void {
    this.limits.textBudget = bytes
    this.live?.log.setTextBudget(bytes)
    for (const log of this.inMemory.values()) log.setTextBudget(bytes)
    void this.opened.all().then(opened => {
      for (const { log } of opened) log.setTextBudget(bytes)
    })
  }

  /** Returns the ids of all sessions that an engine records into, this one or another. */
  async recording(): Promise<Set<string>> {
    const held = [...(await this.locks.held())].flatMap(name => sessionOfLock(name) ?? [])
    return new Set(this.live ? [...held, this.live.info.id] : held)
  }

  /** Tidies up after engines that ended without saying so. Rejects when the disk refuses. */
  async start(): Promise<void> {
    if (this.disk) await tidyUp(this.disk, this.locks, this.clock.now() - CONTINUES_WITHIN)
  }

  /** Lists the sessions, the latest begun first. While the disk cannot be read, lists those in memory. */
  async list(): Promise<SessionInfo[]> {
    const sessions = new Map<string, SessionInfo>()
    const records = await this.records().catch(() => this.recordsInMemory())
    for (const { info } of records) sessions.set(info.id, info)
    if (this.disk) {
      const held = await this.locks.held()
      for (const info of sessions.values()) info.recovered ||= !info.ended && !held.has(sessionLock(info.id))
    }
    if (this.live) sessions.set(this.live.info.id, structuredClone(this.live.info))
    return [...sessions.values()].sort((a, b) => b.started - a.started || (a.id < b.id ? 1 : -1))
  }

  /** Returns the records of all sessions. Rejects when the disk refuses. */
  async records(): Promise<SessionRecord[]> {
    return [...this.recordsInMemory(), ...((await this.disk?.sessions()) ?? [])]
  }

  private recordsInMemory(): SessionRecord[] {
    return [...this.inMemory.values()].map(log => ({
      info: { ...structuredClone(log.session), bytes: log.memory },
      data: log.session.id,
      firstSeq: log.firstSeq,
    }))
  }

  /** Returns a session's log to read; undefined where there is none of that id. Rejects when the disk refuses. */
  async open(id: string): Promise<LogReader | undefined> {
    if (this.live?.info.id === id) return this.live.log
    const inMemory = this.inMemory.get(id)
    return inMemory ?? this.opened.open(id)
  }

  /** Begins a session, which is live from now on. */
  async create(info: SessionInfo): Promise<LiveSession> {
    const disk = this.keep === 'disk' ? this.disk : undefined
    if (this.keep === 'none') this.fleeting.add(info.id)
    const log = new SessionLog(info, { ...this.limits })
    const release = disk ? await this.locks.hold(sessionLock(info.id)) : () => {}
    if (disk) readTextsFrom(disk, info.id, log, this.events.problem)
    else this.inMemory.set(info.id, log)
    this.live = new LiveSession(log, disk, info.id, release, this.clock, this.events)
    return this.live
  }

  /** Makes a stored session live. Undefined where another engine records into it, or where it cannot be read, which the user is told. */
  async resume(record: SessionRecord): Promise<LiveSession | undefined> {
    const { id } = record.info
    const { disk } = this
    const log = this.inMemory.get(id)
    if (log) {
      log.session.ended = false
      this.live = new LiveSession(log, undefined, id, () => {}, this.clock, this.events)
      return this.live
    }
    // A session on the disk goes on only if new events may be written too.
    if (!disk || this.keep !== 'disk') return undefined
    const release = await this.locks.hold(sessionLock(id), PATIENCE).catch(() => undefined)
    if (!release) return undefined
    try {
      // The record is read again: another engine may have written to the session until it released the lock.
      const newest = (await disk.session(id)) ?? record
      const { log, bytes, tailBytes, damage } = await loadSession(disk, newest, { ...this.limits }, this.events.problem)
      this.reportDamage(damage)
      log.session.ended = false
      log.session.recovered = false
      delete log.session.statistics
      log.infoDirty = true
      this.opened.forget(id)
      this.live = new LiveSession(log, disk, newest.data, release, this.clock, this.events, { bytes, tailBytes })
      return this.live
    } catch (error) {
      release()
      const why = messageOf(error)
      this.events.problem(`The session of this page could not be read, a new one begins: ${why}`)
      return undefined
    }
  }

  /** Ends the live session, or deletes it; nothing is live afterwards. */
  async endLive(how: 'ended' | 'deleted'): Promise<void> {
    const { live } = this
    if (!live) return
    this.live = undefined
    const { id } = live.info
    if (how === 'deleted' || this.fleeting.has(id)) {
      await live.abandon()
      await this.discard(id)
    } else if ((await live.end(true, () => this.opened.forget(id))) === 'later') {
      this.opened.keep(id, { log: live.log, data: live.writer?.data ?? id })
    }
  }

  /** Deletes a session that is not live. Rejects where another engine records into it. */
  async remove(id: string): Promise<void> {
    const release = this.disk && (await this.locks.hold(sessionLock(id), BRIEFLY).catch(() => undefined))
    if (this.disk && !release) throw new Error('another panel records into this session')
    try {
      await this.discard(id)
    } finally {
      release?.()
    }
  }

  private async discard(id: string): Promise<void> {
    this.opened.forget(id)
    this.inMemory.delete(id)
    this.fleeting.delete(id)
    await this.artifacts.forget(id)
    await this.disk?.remove(id)
  }

  /** Returns a session's record with its statistics; null where there is none of that id. */
  async summary(id: string): Promise<SessionInfo | null> {
    const { live } = this
    if (live?.info.id === id) return { ...structuredClone(live.info), statistics: readStatistics(live.log) }
    const info = (await this.records()).find(record => record.info.id === id)?.info
    if (!info || info.statistics) return info ?? null
    // The session was not ended properly. Its events are counted when somebody asks for the first time.
    const log = await this.open(id)
    if (!log) return info
    const statistics = readStatistics(log)
    await this.change(id, stored => {
      stored.statistics = statistics
    })
    return { ...info, statistics }
  }

  /** Changes a session's record in memory and on disk. */
  async change(id: string, change: (info: SessionInfo) => void): Promise<void> {
    const log = this.live?.info.id === id ? this.live.log : this.inMemory.get(id)
    if (log) {
      change(log.session)
      log.infoDirty = true
      this.live?.writer?.touch()
    } else {
      await this.disk?.update(id, change)
      const opened = await this.opened.known(id)
      if (opened) change(opened.log.session)
    }
  }

  /** Deletes every session; nothing is live afterwards. */
  async wipe(): Promise<void> {
    const { live } = this
    this.live = undefined
    await live?.abandon()
    this.opened.clear()
    this.inMemory.clear()
    await this.artifacts.clear()
    await this.disk?.wipe()
  }

  /** Returns what takes in a session from a file. The session is in no list before it is committed. */
  async importer(info: SessionInfo): Promise<SessionImporter> {
    if (this.live?.info.id === info.id) throw new Error('this session is being recorded now')
    const importer =
      this.disk && this.keep === 'disk'
        ? await openImporter(this.disk, this.locks, info, this.limits.textBudget)
        : memoryImporter(
            info,
            this.limits,
            (ref, bytes) => this.artifacts.keep(info.id, ref, bytes),
            log => this.inMemory.set(info.id, log),
          )
    const { commit } = importer
    importer.commit = async () => {
      this.opened.forget(info.id)
      return commit()
    }
    return importer
  }

  /** Returns the sessions whose text may be compressed, the live one first. */
  async packTargets(): Promise<PackTarget[]> {
    const { live, disk } = this
    const targets: PackTarget[] = []
    if (live && disk && live.writer) targets.push(writtenTarget(live.log, live.writer, disk))
    for (const log of this.inMemory.values()) targets.push(memoryTarget(log, log === live?.log))
    if (!disk) return targets
    for (const { log, data } of await this.opened.all()) targets.push(storedTarget(log, data, disk, this.locks))
    return targets
  }

  /** Called when somebody deleted the database, or the browser did: what is in memory of the live session is written again. */
  private startOver(): void {
    this.opened.clear()
    const { live } = this
    live?.writer?.startOver()
    this.events.problem(
      `The stored sessions were deleted while Playhead was open. ${live?.writer ? 'The one that records goes on and is stored again.' : ''}`,
    )
  }

  private async load(id: string): Promise<OpenedSession | undefined> {
    const record = await this.disk?.session(id)
    if (!this.disk || !record) return undefined
    const limits = { ...this.limits, maxEvents: Number.POSITIVE_INFINITY }
    const { log, damage } = await loadSession(this.disk, record, limits, this.events.problem)
    this.reportDamage(damage)
    return { log, data: record.data }
  }

  private reportDamage(damage: readonly string[]): void {
    if (damage.length === 0) return
    const more = damage.length > 1 ? ` (and ${damage.length - 1} more)` : ''
    this.events.problem(`Part of the session could not be read and is shown as a gap: ${damage[0]}${more}`)
  }
}
