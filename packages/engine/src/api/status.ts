import { countPacked } from '../compress/compressor'
import type { EngineNotice, EngineStatus } from '../contract/status'
import type { Ingest } from '../ingest/ingest'
import type { LogReader } from '../log/reader'
import type { RetentionEnforcer } from '../retention/enforcer'
import { countIndexed } from '../search/scan/indexer'
import type { SessionStore } from '../sessions/session-store'
import type { Meter } from '../tasks/meter'

/** ms until a status that should not wait for the next look. */
const SOON = 20

export interface StatusDelegate {
  store: SessionStore
  ingest: Ingest
  retention: RetentionEnforcer
  meter: Meter
  /** The log that is looked at. */
  shown(): LogReader | undefined
  tell(notice: EngineNotice): void
}

/** Says how things stand with the engine: a notice goes out when something of it changed. */
export class StatusReport {
  /** Why nothing can be stored; empty where it can. */
  problem = ''
  private last = ''
  private soon: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly delegate: StatusDelegate) {}

  /** Looks at how things stand, and tells it where it changed. */
  look(): void {
    clearTimeout(this.soon)
    this.soon = undefined
    this.tell()
  }

  /**
   * What an app says of its types comes with its first events: their colours do not wait for the next look. This happens once between two
   * looks, so that a page that goes on saying something else has to wait for the next one.
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
