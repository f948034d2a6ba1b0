import type { SessionInfo } from '@playhead/shared/model/session'
import { messageOf } from '@playhead/shared/values/message-of'
import { assemble, type Running } from './assemble'
import { IdbDisk } from './browser/idb-disk'
import type { PeerMessage } from './browser/peers'
import type {
  Annotation,
  EngineApi,
  EngineNotice,
  EngineOptions,
  EngineStatus,
  ExportFormat,
  ImportOutcome,
  LinkInfo,
  OnBadLine,
  OnDuplicate,
  Outcome,
  ReplayPlan,
  ReplayRequest,
  Retention,
} from './contract/engine'
import type { LogReader } from './log/reader'
import type { EngineParts } from './parts'
import { ShownViews } from './shown-views'
import { readStatus } from './status'
import type { Disk } from './storage/disk'

/** ms between two looks at what the status says; a notice goes out when it changed. */
const STATUS_INTERVAL = 250
/** ms until a status that should not wait for that. */
const SOON = 20
const MOST_BOOKMARKS = 10_000
const MOST_TAGS = 32

/** The engine, put together from its parts: everything the panel may ask for, and nothing of how it is done. */
export class Engine extends ShownViews implements EngineApi {
  private running: Running | undefined
  private readonly listeners: ((notice: EngineNotice) => void)[] = []
  private problem = ''
  private lastStatus = ''
  private soon: ReturnType<typeof setTimeout> | undefined
  private ticking: ReturnType<typeof setInterval> | undefined

  constructor(
    private readonly parts: EngineParts = {},
    private readonly makeDisk: (name: string) => Disk = name => new IdbDisk(name),
  ) {
    super()
  }

  async start(options: EngineOptions): Promise<EngineStatus> {
    this.running = assemble(options, this.parts, this.makeDisk, {
      tell: notice => this.tell(notice),
      saved: () => this.saved(),
      trouble: message => this.trouble(message),
      liveChanged: () => this.liveChanged(),
      described: () => this.tellSoon(),
      sessionsChanged: () => this.sessionsChanged(),
      report: (link, report) => this.running?.replay?.report(link, report),
      heard: message => this.heard(message),
      viewed: () => this.viewed,
      shown: () => this.shown,
      searching: () => this.searching,
    })
    await this.on.store.start().catch(error => {
      this.problem = `The database could not be opened: ${messageOf(error)}`
      this.tell({ t: 'problem', message: this.problem })
    })
    this.ticking = setInterval(() => this.tick(), STATUS_INTERVAL)
    return this.status()
  }

  /** Lets everything go; the live session can go on elsewhere. */
  async dispose(): Promise<void> {
    const { ingest, store, disk, peers, compressor, indexer } = this.on
    clearInterval(this.ticking)
    clearTimeout(this.soon)
    ingest.dispose()
    this.disposeViews()
    await Promise.all([compressor.stop(), indexer.stop()])
    await store.live?.end(false)
    peers?.close()
    disk?.close()
    this.listeners.length = 0
  }

  async subscribe(listener: (notice: EngineNotice) => void): Promise<void> {
    this.listeners.push(listener)
  }

  async linkOpened(link: LinkInfo): Promise<void> {
    this.on.ingest.linkOpened(link)
  }

  async receive(link: number, message: unknown): Promise<void> {
    if ((message as { t?: unknown } | null)?.t === 'batch') {
      this.on.compressor.disturb()
      this.on.indexer.disturb()
    }
    await this.meter.measure(() => this.on.ingest.receive(link, message))
  }

  async linkClosed(link: number): Promise<void> {
    await this.on.ingest.linkClosed(link)
    this.running?.replay?.linkClosed(link)
    this.tick()
  }

  async flush(): Promise<void> {
    await this.on.store.live?.flush()
  }

  async setRecording(recording: boolean): Promise<void> {
    this.on.ingest.setRecording(recording)
    this.tick()
  }

  async newSession(keep: boolean): Promise<void> {
    await this.on.ingest.newSession(keep)
    this.sessionsChanged()
  }

  listSessions(): Promise<SessionInfo[]> {
    return this.on.store.list()
  }

  async deleteSession(session: string): Promise<void> {
    const { store, ingest } = this.on
    if (store.live?.info.id === session) await ingest.newSession(false)
    else {
      await store.remove(session).catch(error => {
        this.tell({
          t: 'problem',
          message: `The session was not deleted: ${messageOf(error)}`,
        })
      })
    }
    this.sessionsChanged()
  }

  async renameSession(session: string, name: string): Promise<void> {
    await this.changeSession(session, info => {
      info.name = name.slice(0, 256)
    })
  }

  async summary(session: string): Promise<SessionInfo | null> {
    return this.on.store.summary(session)
  }

  artifacts(refs: readonly string[]): Promise<string[]> {
    return this.on.store.artifacts.here(refs)
  }

  async artifact(ref: string): Promise<ArrayBuffer | null> {
    return (await this.on.store.artifacts.read(ref)) ?? null
  }

  async annotateSession(session: string, { pinned, tags, note, bookmark }: Annotation): Promise<void> {
    await this.changeSession(session, info => {
      if (pinned !== undefined) info.pinned = pinned
      if (tags !== undefined) info.tags = tags.slice(0, MOST_TAGS).map(tag => tag.slice(0, 64))
      if (note !== undefined) info.note = note.slice(0, 4096)
      if (bookmark === undefined) return
      const { bookmarks = [] } = info
      const others = bookmarks.filter(id => id !== bookmark)
      info.bookmarks = others.length < bookmarks.length ? others : [...others, bookmark].slice(0, MOST_BOOKMARKS)
    })
  }

  async setRetention(wanted: Retention): Promise<void> {
    const { store, keeper, options, ingest } = this.on
    const keep = !options.persistent && wanted.keep === 'disk' ? 'memory' : wanted.keep
    const before = keeper.retention.keep
    const { textBudget = keeper.retention.textBudget ?? options.textBudget } = wanted
    keeper.retention = { ...wanted, keep, textBudget }
    store.setTextBudget(textBudget)
    store.setCapacity(wanted.session.events || Number.POSITIVE_INFINITY)
    if (keep !== before) {
      store.keep = keep
      if (store.live) await ingest.newSession(true)
    }
    await keeper.sweep()
    this.sessionsChanged()
    this.tick()
  }

  async wipe(): Promise<void> {
    await this.on.ingest.wipe()
    await this.on.transfer?.forget()
    this.on.peers?.tell('wiped')
    this.sessionsChanged()
  }

  async exportSession(
    session: string,
    format?: ExportFormat,
  ): Promise<Outcome<{ blob: Blob; name: string; events: number }>> {
    return this.on.transfer?.exportSession(session, format) ?? unavailable('Export')
  }

  async importSession(
    file: Blob | readonly File[],
    name: string,
    onDuplicate: OnDuplicate,
    onBadLine?: OnBadLine,
  ): Promise<ImportOutcome> {
    const { transfer } = this.on
    if (!transfer) return { ok: false, message: 'Import is not available yet.', where: '' }
    return transfer.importSession(file, name, onDuplicate, onBadLine)
  }

  async cancelTransfer(): Promise<void> {
    await this.on.transfer?.cancelTransfer()
  }

  planReplay(request: ReplayRequest): Promise<Outcome<ReplayPlan>> {
    return this.on.replay?.planReplay(request) ?? unavailable('Replay')
  }

  startReplay(
    plan: number,
    link: number,
    options: { speed: number; paused: boolean },
  ): Promise<Outcome<{ take: number }>> {
    return this.on.replay?.startReplay(plan, link, options) ?? unavailable('Replay')
  }

  async controlReplay(op: 'pause' | 'resume' | 'step' | 'stop' | 'live'): Promise<void> {
    await this.on.replay?.controlReplay(op)
  }

  async setReplaySpeed(speed: number): Promise<void> {
    await this.on.replay?.setReplaySpeed(speed)
  }

  protected open(session: string): Promise<LogReader | undefined> {
    return this.on.store.open(session)
  }

  protected liveLog(): LogReader | undefined {
    return this.on.store.live?.log
  }

  private async changeSession(session: string, change: (info: SessionInfo) => void): Promise<void> {
    await this.on.store.change(session, change)
    this.sessionsChanged()
    this.tick()
  }

  private get on(): Running {
    if (!this.running) throw new Error('the engine was not started')
    return this.running
  }

  private status(): EngineStatus {
    return readStatus(this.on, this.meter, this.shown, this.problem)
  }

  /** Says how things stand, where that changed. */
  private tick(): void {
    this.on.keeper.tick()
    // Searches gain more than the disk does.
    this.on.indexer.tick()
    void this.on.indexer.idle().then(() => this.running?.compressor.tick())
    this.on.store.live?.log.settle()
    clearTimeout(this.soon)
    this.soon = undefined
    this.tellStatus()
  }

  /**
   * What an app says of its types comes with its first events: their colours do not wait for the next look. A page that goes on saying
   * something else does.
   */
  private tellSoon(): void {
    this.soon ??= setTimeout(() => this.tellStatus(), SOON)
  }

  private tellStatus(): void {
    const status = this.status()
    const text = JSON.stringify(status)
    if (text === this.lastStatus) return
    this.lastStatus = text
    this.tell({ t: 'status', status })
  }

  private saved(): void {
    // What could not be read meanwhile can.
    if (this.problem) this.tell({ t: 'sessions' })
    this.problem = ''
    this.on.ingest.acks.flush()
  }

  private trouble(message: string): void {
    const problem = message && `Nothing can be stored now: ${message}. It is tried again.`
    if (problem && problem !== this.problem) this.tell({ t: 'problem', message: problem })
    this.problem = problem
  }

  private liveChanged(): void {
    this.followLive()
    this.sessionsChanged()
    this.tick()
  }

  private sessionsChanged(): void {
    this.tell({ t: 'sessions' })
    this.on.peers?.tell('sessions')
  }

  /** From the engine of another panel. */
  private heard(message: PeerMessage): void {
    // Its session is gone with all others: what it goes on writing would be a session without a beginning.
    if (message === 'wiped') void this.on.ingest.newSession(false)
    this.tell({ t: 'sessions' })
  }

  protected tell(notice: EngineNotice): void {
    for (const listener of this.listeners) listener(notice)
  }
}

function unavailable(what: string): Promise<{ ok: false; message: string }> {
  return Promise.resolve({ ok: false, message: `${what} is not available yet.` })
}
