import type { SessionInfo } from '@playhead/shared/model/session'
import type { SessionLog } from '../log/session-log'
import type { Disk } from '../storage/disk'
import { SessionWriter } from '../storage/writer'
import type { Clock } from '../tasks/clock'
import { readStatistics } from './statistics'

export interface LiveEvents {
  /** More is on disk than before. */
  saved(): void
  /** Empty: the disk works again. */
  trouble(message: string): void
}

/** A session that records: its log and, unless it lives in memory only, its writer and the lock that keeps other panels away. */
export class LiveSession {
  /** What the disk last said, empty while all is well. */
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

  get info(): SessionInfo {
    const info = this.log.session
    info.bytes = this.writer?.bytes ?? this.log.memory
    return info
  }

  /** A recorder of the session said something. */
  heard(): void {
    this.lastSeen = this.clock.now()
  }

  /** Something was appended or changed. */
  touch(): void {
    this.heard()
    this.log.session.updated = this.lastSeen
    this.writer?.touch()
  }

  persisted(code: number): number {
    const log = this.log.logs[code]
    if (!log) return 0
    return this.writer ? Math.min(log.persisted, log.covered) : log.covered
  }

  async flush(): Promise<void> {
    await this.writer?.flush()
  }

  /**
   * Nothing is recorded into it any more; as a rule all of it is written before somebody else may have it. While the disk refuses, the
   * writer goes on trying by itself: `later` is called when it is done.
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

  /** Ends it without writing: it is about to be deleted. */
  async abandon(): Promise<void> {
    await this.writer?.stop()
    this.release()
  }
}
