import type { SessionInfo } from '@playhead/shared/model/session'
import type { SessionLog } from '../log/session-log'
import type { Disk } from '../storage/disk'
import { SessionWriter } from '../storage/writer'
import type { Clock } from '../tasks/clock'
import { readStatistics } from './statistics'

/** What a live session tells of its writes. */
export interface LiveEvents {
  /** Called after a write: more is on disk than before. */
  saved(): void
  /** Called when the disk refuses, and with an empty message when it works again. */
  trouble(message: string): void
}

/** A session that is recorded into: its log and, unless it lives in memory only, its writer and the lock that keeps other engines away. */
export class LiveSession {
  /** Why the disk refused the last write; empty where it did not. */
  problem = ''
  /** Epoch ms at which a recorder of the session was last heard. */
  lastSeen: number
  readonly writer: SessionWriter | undefined
  private whenWritten: (() => void) | undefined

  constructor(
    readonly log: SessionLog,
    disk: Disk | undefined,
    data: string,
    private readonly release: () => void,
    private readonly clock: Clock,
    events: LiveEvents,
    stored?: { bytes: number; tailBytes: number },
  ) {
    this.lastSeen = clock.now()
    this.writer =
      disk &&
      new SessionWriter(
        disk,
        log,
        data,
        {
          listed: true,
          saved: () => {
            events.saved()
            this.whenWritten?.()
          },
          trouble: message => {
            this.problem = message
            events.trouble(message)
          },
        },
        stored,
      )
    this.writer?.touch()
  }

  /** The session's record, with its bytes as of now: on disk or, without one, in memory. */
  get info(): SessionInfo {
    const info = this.log.session
    info.bytes = this.writer?.bytes ?? this.log.memory
    return info
  }

  /** Notes that a recorder of the session gave a sign of life. */
  heard(): void {
    this.lastSeen = this.clock.now()
  }

  /** Notes that something was appended or changed, and sees to it that it is written. */
  touch(): void {
    this.heard()
    this.log.session.updated = this.lastSeen
    this.writer?.touch()
  }

  /** Returns the n up to which everything of a producer is on disk; without a disk, up to which it is in memory. 0 where nothing is. */
  persisted(code: number): number {
    const log = this.log.logs[code]
    if (!log) return 0
    return this.writer ? Math.min(log.persisted, log.covered) : log.covered
  }

  /** Resolves when everything there is now is on disk, or when the disk refused it. */
  async flush(): Promise<void> {
    await this.writer?.flush()
  }

  /**
   * Ends recording into the session, writes what is left and releases the lock. `ended` false: a recorder may continue it elsewhere.
   * Resolves with `written` when that is done. Where the disk refuses it resolves with `later`: the writer goes on trying and keeps the
   * lock, and `later` is called when all is written and the lock released.
   */
  async end(ended: boolean, later: () => void = () => {}): Promise<'written' | 'later'> {
    this.log.session.ended = ended
    if (ended) this.log.session.statistics = readStatistics(this.log)
    else delete this.log.session.statistics
    this.log.infoDirty = true
    await this.flush()
    const { writer } = this
    if (!writer?.dirty) {
      await writer?.stop()
      this.release()
      return 'written'
    }
    this.whenWritten = () => {
      if (writer.dirty) return
      this.whenWritten = undefined
      void writer.stop().then(this.release).then(later)
    }
    return 'later'
  }

  /** Ends recording without writing what is left: the session is about to be deleted. */
  async abandon(): Promise<void> {
    await this.writer?.stop()
    this.release()
  }
}
