import { EngineLinks } from './api/links'
import { EngineReads } from './api/read'
import { EngineSessions } from './api/sessions'
import { StatusReport } from './api/status'
import { EngineView } from './api/view'
import { Compressor } from './compress/compressor'
import type { EngineApi, EngineOptions } from './contract/engine'
import type { EngineNotice } from './contract/status'
import type { EngineHost } from './host'
import { Ingest, type IngestDelegate } from './ingest/ingest'
import { ReplayController, type ReplayDelegate } from './replay/controller'
import { RetentionEnforcer } from './retention/enforcer'
import { Indexer } from './search/scan/indexer'
import type { PeerMessage } from './sessions/peers'
import { SessionStore } from './sessions/session-store'
import { Meter } from './tasks/meter'
import { type TransferDelegate, Transfers } from './transfer/transfers'

/** Makes the subsystems in whose place a test may want to put something else. */
export interface Factories {
  transfer(delegate: TransferDelegate): Pick<Transfers, keyof Transfers>
  replay(delegate: ReplayDelegate): Pick<ReplayController, keyof ReplayController>
}

export const FACTORIES: Factories = {
  transfer: delegate => new Transfers(delegate),
  replay: delegate => new ReplayController(delegate),
}

/** An engine that runs: its six interfaces, and what the engine itself needs to start and to end. */
export interface Running extends Omit<EngineApi, 'start' | 'subscribe' | 'status'> {
  store: SessionStore
  status: StatusReport
  /** Looks at what waits for time to pass. */
  tick(): void
  dispose(): Promise<void>
}

/** Puts the parts together. Each knows of the others only what it is handed here; `tell` sends a notice to whoever subscribed. */
export function assemble(
  options: EngineOptions,
  host: EngineHost,
  factories: Factories,
  tell: (notice: EngineNotice) => void,
): Running {
  const { persistent, textBudget } = options
  const { clock, regex } = host
  const problem = (message: string) => tell({ t: 'problem', message })
  const send: IngestDelegate['send'] = (link, message) => tell({ t: 'send', link, message })
  const open = (session: string) => store.open(session)
  const meter = new Meter(clock.elapsed)
  const searching = () => view.searching

  const disk = persistent ? host.disk(options.database) : undefined
  const peers = disk && host.peers(options.database, heard)
  const store = new SessionStore(disk, options, host, { saved, trouble, problem })
  const ingest = new Ingest(store, {
    agent: host.agent,
    send,
    problem,
    liveChanged() {
      view.followLive()
      sessionsChanged()
      tick()
    },
    described: () => status.tellSoon(),
    report: (link, report) => replay.report(link, report),
  })
  const view = new EngineView({ open, live: () => store.live?.log, tell, regex, meter })
  const retention = new RetentionEnforcer(
    store,
    {
      keep: persistent ? 'disk' : 'memory',
      session: { events: options.maxEvents, bytes: 0, age: 0 },
      total: { events: 0, bytes: 0, age: 0 },
      textBudget,
    },
    { problem, changed: sessionsChanged, viewed: () => view.viewed, quota: host.quota },
  )
  const status = new StatusReport({ store, ingest, retention, meter, shown: () => view.reader, tell })
  const transfer = factories.transfer({
    open,
    store,
    exports: host.exports,
    persistent,
    progress: progress => tell({ t: 'transfer', progress }),
    sessionsChanged,
  })
  const replay = factories.replay({
    open,
    send,
    notify: replay => tell({ t: 'replay', replay }),
    ...livePages(ingest, clock.now),
  })
  const busy = () => view.searching || transfer.busy
  const compressor = new Compressor({ busy, targets: () => store.packTargets() }, clock.elapsed)
  const readers = () => [...new Set([view.reader, store.live?.log])].filter(reader => reader !== undefined)
  const indexer = new Indexer({ busy, readers }, clock.elapsed)

  return {
    store,
    status,
    tick,
    links: new EngineLinks({
      ingest,
      meter,
      disturb() {
        compressor.disturb()
        indexer.disturb()
      },
      closed(link) {
        replay.linkClosed(link)
        tick()
      },
    }),
    sessions: new EngineSessions({
      ...{ store, ingest, retention, persistent, textBudget, changed: sessionsChanged, tick, problem },
      async wiped() {
        await transfer.forget()
        peers?.tell('wiped')
      },
    }),
    view,
    read: new EngineReads({ open, searching, meter }),
    transfer,
    replay,
    async dispose() {
      status.dispose()
      ingest.dispose()
      view.dispose()
      await Promise.all([compressor.stop(), indexer.stop()])
      await store.live?.end(false)
      peers?.close()
      disk?.close()
    },
  }

  function tick(): void {
    retention.tick()
    // Searches gain more than the disk does.
    indexer.tick()
    void indexer.idle().then(() => compressor.tick())
    store.live?.log.settle()
    status.look()
  }

  function sessionsChanged(): void {
    tell({ t: 'sessions' })
    peers?.tell('sessions')
  }

  /** More is on the disk than before. */
  function saved(): void {
    // What could not be read meanwhile can.
    if (status.problem) tell({ t: 'sessions' })
    status.problem = ''
    ingest.acks.flush()
  }

  /** Nothing can be stored now, and why; empty: it can again. */
  function trouble(message: string): void {
    const text = message && `Nothing can be stored now: ${message}. It is tried again.`
    if (text && text !== status.problem) problem(text)
    status.problem = text
  }

  /** The engine of another panel says something. */
  function heard(message: PeerMessage): void {
    // Its session is gone with all others: what it goes on writing would be a session without a beginning.
    if (message === 'wiped') void ingest.newSession(false)
    tell({ t: 'sessions' })
  }
}

/** The pages that record now, as a replay sees them. `now`: epoch ms. */
function livePages(ingest: Ingest, now: () => number): Pick<ReplayDelegate, 'live' | 'newTake'> {
  return {
    live: link => {
      const attached = ingest.attached(link)
      return attached && { log: attached.live.log, origin: attached.hello.origin }
    },
    newTake: (link, take) => {
      const live = ingest.attached(link)?.live
      if (!live) return 0
      const number = live.log.addTake({ ...take, started: now() - live.info.started })
      live.touch()
      return number
    },
  }
}
