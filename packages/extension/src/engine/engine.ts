import type { Filter } from '@playhead/shared/filter/filter'
import type { SessionInfo } from '@playhead/shared/model/session'
import { messageOf } from '@playhead/shared/values/message-of'
import type { ToPage } from '@playhead/shared/wire/messages'
import { Compressor, countPacked } from './compress/compressor'
import type {
  Annotation,
  EngineApi,
  EngineNotice,
  EngineOptions,
  EngineStatus,
  ExportFormat,
  ExtraColumn,
  ImportOutcome,
  LinkInfo,
  MatchDensity,
  MatchRequest,
  OnBadLine,
  OnDuplicate,
  Outcome,
  ReplayPlan,
  ReplayRequest,
  Retention,
  RowPage,
  ViewSpec,
  ViewStatus,
} from './contract'
import { Ingest } from './ingest/ingest'
import type { LogReader } from './log/reader'
import type { EngineParts, ReplayPart, TransferPart } from './parts'
import { joinPeers, type PeerMessage, type Peers } from './peers'
import { Keeper } from './retention/keeper'
import { MatchCounter } from './search/density-matches'
import { Finder } from './search/finder'
import { countIndexed, Indexer } from './search/indexer'
import { createViews, type Views } from './search/views'
import { SessionReads } from './session-reads'
import { SessionStore } from './session-store'
import type { Disk } from './storage/disk'
import { IdbDisk } from './storage/idb-disk'

/** ms between two looks at what the status says; a notice goes out when it changed. */
const STATUS_INTERVAL = 250
const MOST_BOOKMARKS = 10_000
const MOST_TAGS = 32

interface Running {
  options: EngineOptions
  disk: Disk | undefined
  store: SessionStore
  ingest: Ingest
  views: Views
  transfer: TransferPart | undefined
  replay: ReplayPart | undefined
  peers: Peers | undefined
  keeper: Keeper
  compressor: Compressor
  indexer: Indexer
}

/** The engine, put together from its parts: everything the panel may ask for, and nothing of how it is done. */
export class Engine extends SessionReads implements EngineApi {
  private running: Running | undefined
  private readonly listeners: ((notice: EngineNotice) => void)[] = []
  /** The session that is shown; null: the live one. */
  private viewed: string | null = null
  private shown: LogReader | undefined
  private viewing: Promise<unknown> = Promise.resolve()
  private problem = ''
  private readonly matches = new MatchCounter()
  private readonly finder = new Finder(found => this.tell({ t: 'found', found }))
  /** Exports and imports under way. */
  private transfers = 0
  private lastStatus = ''
  private ticking: ReturnType<typeof setInterval> | undefined

  constructor(
    private readonly parts: EngineParts = {},
    private readonly makeDisk: (name: string) => Disk = name => new IdbDisk(name),
  ) {
    super()
  }

  async start(options: EngineOptions): Promise<EngineStatus> {
    const disk = options.persistent ? this.makeDisk(options.database) : undefined
    const store = new SessionStore(disk, options, {
      saved: () => {
        // What could not be read meanwhile can.
        if (this.problem) this.tell({ t: 'sessions' })
        this.problem = ''
        ingest.acks.flush()
      },
      trouble: message => {
        const problem = message && `Nothing can be stored now: ${message}. It is tried again.`
        if (problem && problem !== this.problem) this.tell({ t: 'problem', message: problem })
        this.problem = problem
      },
      problem: message => this.tell({ t: 'problem', message }),
    })
    const ingest = new Ingest(store, {
      send: (link, message) => this.send(link, message),
      problem: message => this.tell({ t: 'problem', message }),
      liveChanged: () => this.liveChanged(),
      report: (link, report) => this.running?.replay?.report(link, report),
    })
    const views = createViews(view => this.tell({ t: 'view', view }))
    const open = (session: string) => store.open(session)
    const transfer = this.parts.transfer?.({
      open,
      store,
      persistent: options.persistent,
      progress: progress => this.tell({ t: 'transfer', progress }),
      sessionsChanged: () => this.sessionsChanged(),
    })
    const replay = this.parts.replay?.({
      open,
      send: (link, message) => this.send(link, message),
      notify: status => this.tell({ t: 'replay', replay: status }),
      live: link => {
        const attached = ingest.attached(link)
        return attached && { log: attached.live.log, origin: attached.hello.origin }
      },
      newTake: (link, take) => {
        const live = ingest.attached(link)?.live
        if (!live) return 0
        const number = live.log.addTake({ ...take, started: Date.now() - live.info.started })
        live.touch()
        return number
      },
    })
    const peers = disk && joinPeers(options.database, message => this.heard(message))
    const keeper = new Keeper(
      store,
      {
        keep: options.persistent ? 'disk' : 'memory',
        session: { events: options.maxEvents, bytes: 0, age: 0 },
        total: { events: 0, bytes: 0, age: 0 },
        textBudget: options.textBudget,
      },
      {
        problem: message => this.tell({ t: 'problem', message }),
        changed: () => this.sessionsChanged(),
        viewed: () => this.viewed,
      },
    )
    const compressor = new Compressor({
      busy: () => views.busy || this.finder.busy || this.transfers > 0,
      targets: () => store.packTargets(),
    })
    const indexer = new Indexer({
      busy: () => views.busy || this.finder.busy || this.transfers > 0,
      readers: () => [...new Set([this.shown, store.live?.log])].filter(reader => reader !== undefined),
    })
    const counted = transfer && this.counted(transfer)
    this.running = {
      options,
      disk,
      store,
      ingest,
      views,
      transfer: counted,
      replay,
      peers,
      keeper,
      compressor,
      indexer,
    }
    await store.start().catch(error => {
      this.problem = `The database could not be opened: ${messageOf(error)}`
      this.tell({ t: 'problem', message: this.problem })
    })
    this.ticking = setInterval(() => this.tick(), STATUS_INTERVAL)
    return this.status()
  }

  /** Lets everything go; the live session can go on elsewhere. */
  async dispose(): Promise<void> {
    const { ingest, views, store, disk, peers } = this.on
    clearInterval(this.ticking)
    ingest.dispose()
    views.dispose()
    this.finder.dispose()
    await Promise.all([this.on.compressor.stop(), this.on.indexer.stop()])
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

  async annotateSession(session: string, { pinned, tags, note, bookmarks }: Annotation): Promise<void> {
    await this.changeSession(session, info => {
      if (pinned !== undefined) info.pinned = pinned
      if (tags !== undefined) info.tags = tags.slice(0, MOST_TAGS).map(tag => tag.slice(0, 64))
      if (note !== undefined) info.note = note.slice(0, 4096)
      if (bookmarks !== undefined) info.bookmarks = bookmarks.slice(0, MOST_BOOKMARKS)
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

  /** One after the other: a session that opens slowly must not take the place of what was chosen after it. */
  setView(spec: ViewSpec): Promise<ViewStatus> {
    const set = this.viewing.then(() => this.showView(spec))
    this.viewing = set.catch(() => undefined)
    return set
  }

  private async showView(spec: ViewSpec): Promise<ViewStatus> {
    const { store, views } = this.on
    this.viewed = spec.session
    const reader = spec.session === null ? store.live?.log : await store.open(spec.session)
    this.shown = reader
    return views.setView(reader ?? null, spec)
  }

  rows(view: number, from: number, count: number, columns?: readonly ExtraColumn[]): Promise<RowPage> {
    return this.meter.measure(async () => this.finder.mark(await this.on.views.rows(view, from, count, columns)))
  }

  async setAnchor(view: number, seq: number): Promise<void> {
    this.on.views.setAnchor(view, seq)
  }

  async find(session: string | null, filter: Filter | null): Promise<ViewStatus | null> {
    const { store } = this.on
    const reader = session === null ? store.live?.log : await store.open(session)
    return this.finder.look(reader ?? null, filter, session === null)
  }

  async findNext(seq: number, step: 1 | -1): Promise<number> {
    return this.finder.next(seq, step)
  }

  async openGroup(view: number, seq: number, open: boolean): Promise<void> {
    this.on.views.openGroup(view, seq, open)
  }

  async seqs(view: number, from: number, to: number): Promise<number[]> {
    return this.on.views.seqs(view, from, to)
  }

  async locate(view: number, seq: number): Promise<number> {
    return this.on.views.locate(view, seq)
  }

  async matchDensity(request: MatchRequest): Promise<MatchDensity | null> {
    const { view } = request
    return this.matches.count(request, () => (view === 'found' ? this.finder.found() : this.on.views.found(view)))
  }

  async nearest(view: number, time: number): Promise<number> {
    return this.on.views.nearest(view, time)
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

  private async changeSession(session: string, change: (info: SessionInfo) => void): Promise<void> {
    await this.on.store.change(session, change)
    this.sessionsChanged()
    this.tick()
  }

  /** The same, with a note of whether any of it is under way. */
  private counted(transfer: TransferPart): TransferPart {
    const during = async <T>(work: Promise<T>): Promise<T> => {
      this.transfers++
      try {
        return await work
      } finally {
        this.transfers--
      }
    }
    return {
      ...transfer,
      exportSession: (...given) => during(transfer.exportSession(...given)),
      importSession: (...given) => during(transfer.importSession(...given)),
    }
  }

  private get on(): Running {
    if (!this.running) throw new Error('the engine was not started')
    return this.running
  }

  private status(): EngineStatus {
    const { store, ingest, keeper } = this.on
    const { live } = store
    const log = live?.log
    const { busy, rate } = this.meter.read(ingest.events)
    return {
      session: live ? live.info : null,
      recording: ingest.recording,
      links: ingest.list(),
      events: log?.stored ?? 0,
      missing: log?.missing ?? 0,
      lastSeq: (log?.endSeq ?? 0) - 1,
      persistedSeq: (live?.writer?.persistedSeq ?? (keeper.retention.keep === 'disk' ? 0 : (log?.endSeq ?? 0))) - 1,
      rate: Math.round(rate),
      lag: ingest.lag,
      memory: log?.memory ?? 0,
      disk: live?.writer?.bytes ?? 0,
      ...countPacked(log),
      ...countIndexed(this.shown),
      storage: keeper.retention.keep !== 'disk' ? 'memory' : this.problem ? 'degraded' : 'persistent',
      problem: this.problem,
      retention: keeper.retention,
      kept: keeper.kept,
      next: keeper.next,
      rejected: ingest.rejected,
      busy: Math.round(busy * 100) / 100,
    }
  }

  /** Says how things stand, where that changed. */
  private tick(): void {
    this.on.keeper.tick()
    // Searches gain more than the disk does.
    this.on.indexer.tick()
    void this.on.indexer.idle().then(() => this.running?.compressor.tick())
    this.on.store.live?.log.settle()
    const status = this.status()
    const text = JSON.stringify(status)
    if (text === this.lastStatus) return
    this.lastStatus = text
    this.tell({ t: 'status', status })
  }

  private liveChanged(): void {
    const { store, views } = this.on
    this.finder.follow(store.live?.log ?? null)
    if (this.viewed === null) {
      this.shown = store.live?.log
      this.tell({ t: 'view', view: views.follow(this.shown ?? null) })
    }
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

  private send(link: number, message: ToPage): void {
    this.tell({ t: 'send', link, message })
  }

  private tell(notice: EngineNotice): void {
    for (const listener of this.listeners) listener(notice)
  }
}

function unavailable(what: string): Promise<{ ok: false; message: string }> {
  return Promise.resolve({ ok: false, message: `${what} is not available yet.` })
}
