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

/** ms that a panel which was just closed may take to let go of its session. */
const PATIENCE = 1500
/** ms for which a session may be locked that nobody records into. */
const BRIEFLY = 200
/** A session that nobody recorded into for so long cannot go on: ms. */
export const CONTINUES_WITHIN = 30 * 60_000

/**
 * All sessions: the catalogue, those open to look at, and the way to make one live. Without a disk everything stays in memory, the
 * code is the same.
 */
export class SessionStore {
  live: LiveSession | undefined
  /** Where new sessions go. */
  keep: Retention['keep']
  readonly artifacts: Artifacts
  readonly clock: Clock
  private readonly locks: Locks
  private readonly limits: LogLimits
  private readonly opened = new OpenSessions(id => this.load(id))
  /** Sessions that were never meant for the disk. */
  private readonly inMemory = new Map<string, SessionLog>()
  /** Those that go when they end. */
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

  /** Events of one session at most, the live one included. */
  setCapacity(maxEvents: number): void {
    this.limits.maxEvents = maxEvents
    this.live?.log.setCapacity(maxEvents)
  }

  /** Bytes of text in memory: of the live session, and of each that is opened. */
  setTextBudget(bytes: number): void {
    this.limits.textBudget = bytes
    this.live?.log.setTextBudget(bytes)
    for (const log of this.inMemory.values()) log.setTextBudget(bytes)
    void this.opened.all().then(opened => {
      for (const { log } of opened) log.setTextBudget(bytes)
    })
  }

  /** Ids of the sessions that somebody records into. */
  async recording(): Promise<Set<string>> {
    const held = [...(await this.locks.held())].flatMap(name => sessionOfLock(name) ?? [])
    return new Set(this.live ? [...held, this.live.info.id] : held)
  }

  /** Tidies up after panels that ended without saying so. Rejects when the disk says no. */
  async start(): Promise<void> {
    if (this.disk) await tidyUp(this.disk, this.locks, this.clock.now() - CONTINUES_WITHIN)
  }

  /** Newest first. While the disk cannot be read: those in memory. */
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

  /** The log of any session, to read; undefined where there is none of that id. */
  async open(id: string): Promise<LogReader | undefined> {
    if (this.live?.info.id === id) return this.live.log
    const inMemory = this.inMemory.get(id)
    return inMemory ?? this.opened.open(id)
  }

  /** A new session, live from now on. */
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

  /** A stored session goes on. Undefined when another panel records into it, or when it cannot be read. */
  async resume(record: SessionRecord): Promise<LiveSession | undefined> {
    const { id } = record.info
    const { disk } = this
    const log = this.inMemory.get(id)
    if (log) {
      log.session.ended = false
      this.live = new LiveSession(log, undefined, id, () => {}, this.clock, this.events)
      return this.live
    }
    // What is on the disk goes on only where new events may go there too.
    if (!disk || this.keep !== 'disk') return undefined
    const release = await this.locks.hold(sessionLock(id), PATIENCE).catch(() => undefined)
    if (!release) return undefined
    try {
      // Read again: another panel may have written to it until it let go of the lock.
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

  /** Nothing is live any more. */
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

  /** Rejects when another panel records into it. */
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

  /** The catalogue's record with its statistics; null where there is none. */
  async summary(id: string): Promise<SessionInfo | null> {
    const { live } = this
    if (live?.info.id === id) return { ...structuredClone(live.info), statistics: readStatistics(live.log) }
    const info = (await this.records()).find(record => record.info.id === id)?.info
    if (!info || info.statistics) return info ?? null
    // It ended without a goodbye: counted when somebody asks for the first time.
    const log = await this.open(id)
    if (!log) return info
    const statistics = readStatistics(log)
    await this.change(id, stored => {
      stored.statistics = statistics
    })
    return { ...info, statistics }
  }

  /** Changes what the catalogue says of a session. */
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

  /** Every session and all their data; nothing is live afterwards. */
  async wipe(): Promise<void> {
    const { live } = this
    this.live = undefined
    await live?.abandon()
    this.opened.clear()
    this.inMemory.clear()
    await this.artifacts.clear()
    await this.disk?.wipe()
  }

  /** Takes in a session from elsewhere, out of sight until it is committed. */
  async importer(info: SessionInfo): Promise<SessionImporter> {
    if (this.live?.info.id === info.id) throw new Error('this session is being recorded now')
    const importer =
      this.disk && this.keep === 'disk'
        ? await openImporter(this.disk, this.locks, info, this.limits.textBudget)
        : memoryImporter(info, this.limits, log => this.inMemory.set(info.id, log))
    const { commit } = importer
    importer.commit = async () => {
      this.opened.forget(info.id)
      return commit()
    }
    return importer
  }

  /** The sessions whose text may be compressed while there is time: the live one first. */
  async packTargets(): Promise<PackTarget[]> {
    const { live, disk } = this
    const targets: PackTarget[] = []
    if (live && disk && live.writer) targets.push(writtenTarget(live.log, live.writer, disk))
    for (const log of this.inMemory.values()) targets.push(memoryTarget(log, log === live?.log))
    if (!disk) return targets
    for (const { log, data } of await this.opened.all()) targets.push(storedTarget(log, data, disk, this.locks))
    return targets
  }

  /** Somebody deleted the database, or the browser did: what is in memory of the live session is stored again. */
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
