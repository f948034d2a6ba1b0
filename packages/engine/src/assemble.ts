import type { ReplayReport } from '@playhead/shared/wire/messages'
import { joinPeers, type PeerMessage, type Peers } from './browser/peers'
import { Compressor } from './compress/compressor'
import type { EngineNotice, EngineOptions } from './contract/engine'
import { Ingest } from './ingest/ingest'
import type { LogReader } from './log/reader'
import type { EngineParts, ReplayHost, ReplayPart, TransferPart } from './parts'
import { Keeper } from './retention/keeper'
import { Indexer } from './search/scan/indexer'
import { SessionStore } from './sessions/session-store'
import type { Disk } from './storage/disk'
import { countTransfers } from './transfer/under-way'

/** The parts of an engine that runs. */
export interface Running {
  options: EngineOptions
  disk: Disk | undefined
  store: SessionStore
  ingest: Ingest
  transfer: TransferPart | undefined
  replay: ReplayPart | undefined
  peers: Peers | undefined
  keeper: Keeper
  compressor: Compressor
  indexer: Indexer
}

/** What the parts say to the engine, and ask of it. */
export interface EngineHost {
  tell(notice: EngineNotice): void
  /** Something was stored. */
  saved(): void
  /** Nothing can be stored now, and why; empty: it can again. */
  trouble(message: string): void
  liveChanged(): void
  described(): void
  sessionsChanged(): void
  report(link: number, report: ReplayReport): void
  heard(message: PeerMessage): void
  viewed(): string | null
  shown(): LogReader | undefined
  searching(): boolean
}

/** Puts the parts together: each knows of the others only what it is handed here. */
export function assemble(
  options: EngineOptions,
  parts: EngineParts,
  makeDisk: (name: string) => Disk,
  host: EngineHost,
): Running {
  const problem = (message: string) => host.tell({ t: 'problem', message })
  const send: ReplayHost['send'] = (link, message) => host.tell({ t: 'send', link, message })

  const disk = options.persistent ? makeDisk(options.database) : undefined
  const store = new SessionStore(disk, options, { saved: host.saved, trouble: host.trouble, problem })
  const open = (session: string) => store.open(session)
  const ingest = new Ingest(store, {
    send,
    problem,
    liveChanged: host.liveChanged,
    described: host.described,
    report: host.report,
  })
  const transfer = parts.transfer?.({
    open,
    store,
    persistent: options.persistent,
    progress: progress => host.tell({ t: 'transfer', progress }),
    sessionsChanged: host.sessionsChanged,
  })
  const replay = parts.replay?.({
    open,
    send,
    notify: status => host.tell({ t: 'replay', replay: status }),
    ...livePages(ingest),
  })
  const keeper = new Keeper(
    store,
    {
      keep: options.persistent ? 'disk' : 'memory',
      session: { events: options.maxEvents, bytes: 0, age: 0 },
      total: { events: 0, bytes: 0, age: 0 },
      textBudget: options.textBudget,
    },
    { problem, changed: host.sessionsChanged, viewed: host.viewed },
  )
  const transfers = countTransfers(transfer)
  const busy = () => host.searching() || transfers.underWay()
  return {
    options,
    disk,
    store,
    ingest,
    transfer: transfers.part,
    replay,
    peers: disk && joinPeers(options.database, host.heard),
    keeper,
    compressor: new Compressor({ busy, targets: () => store.packTargets() }),
    indexer: new Indexer({
      busy,
      readers: () => [...new Set([host.shown(), store.live?.log])].filter(reader => reader !== undefined),
    }),
  }
}

/** The pages that record now, as a replay sees them. */
function livePages(ingest: Ingest): Pick<ReplayHost, 'live' | 'newTake'> {
  return {
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
  }
}
