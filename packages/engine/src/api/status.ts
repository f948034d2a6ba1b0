import { countPacked } from '../compress/compressor'
import type { EngineNotice, EngineStatus } from '../contract/status'
import type { Ingest } from '../ingest/ingest'
import type { LogReader } from '../log/reader'
import type { RetentionEnforcer } from '../retention/enforcer'
import { countIndexed } from '../search/scan/indexer'
import type { SessionStore } from '../sessions/session-store'
import type { Meter } from '../tasks/meter'

/** ms until a notice that should not wait for the next tick. */
const SOON = 20

/** What `StatusReport` is handed. */
export interface StatusDelegate {
  store: SessionStore
  ingest: Ingest
  retention: RetentionEnforcer
  meter: Meter
  /** Returns the log of the session in view; undefined where there is none. */
  shown(): LogReader | undefined
  tell(notice: EngineNotice): void
}

/** Gathers the status from all subsystems, and sends it as a notice if it changed since the last one. */
export class StatusReport {
  /** Why nothing can be stored, for the user; empty where it can. */
  problem = ''
  private last = ''
  private soon: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly delegate: StatusDelegate) {}

  /** Sends the status now, if it changed. */
  look(): void {
    clearTimeout(this.soon)
    this.soon = undefined
    this.tell()
  }

  /**
   * Sends the status in 20 ms, if it changed. For descriptions of types, which arrive with an app's first events: their colours should not
   * wait for the next tick. It does so once between two ticks, so that a page that never stops describing cannot flood the panel.
   */
  tellSoon(): void {
    this.soon ??= setTimeout(() => this.tell(), SOON)
  }

  private tell(): void {
    const status = this.read()
    const text = JSON.stringify(status)
    if (text === this.last) return
    this.last = text
    this.delegate.tell({ t: 'status', status })
  }

  dispose(): void {
    clearTimeout(this.soon)
  }

  /** Returns the status as it is now. */
  read(): EngineStatus {
    const { store, ingest, retention, meter } = this.delegate
    const { live } = store
    const log = live?.log
    const { busy, rate } = meter.read(ingest.events)
    const { policy } = retention
    return {
      session: live ? live.info : null,
      recording: ingest.recording,
      links: ingest.list(),
      events: log?.stored ?? 0,
      missing: log?.missing ?? 0,
      lastSeq: (log?.endSeq ?? 0) - 1,
      persistedSeq: (live?.writer?.persistedSeq ?? (policy.keep === 'disk' ? 0 : (log?.endSeq ?? 0))) - 1,
      rate: Math.round(rate),
      lag: ingest.lag,
      memory: log?.memory ?? 0,
      disk: live?.writer?.bytes ?? 0,
      ...countPacked(log),
      ...countIndexed(this.delegate.shown()),
      storage: policy.keep !== 'disk' ? 'memory' : this.problem ? 'degraded' : 'persistent',
      problem: this.problem,
      retention: policy,
      kept: retention.kept,
      next: retention.next,
      rejected: ingest.rejected,
      busy: Math.round(busy * 100) / 100,
    }
  }
}
