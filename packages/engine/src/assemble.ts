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

/** An engine that runs: its six interfaces, and what `Engine` needs to start and to end it. */
export interface Running extends Omit<EngineApi, 'start' | 'subscribe' | 'status'> {
  store: SessionStore
  status: StatusReport
  /** Looks at what waits for time to pass. Called every 250 ms, and after calls that change what the status says. */
  tick(): void
  dispose(): Promise<void>
}

/**
 * Makes the engine's subsystems and joins them. A subsystem knows of the others only what is handed to it here, most of it as functions
 * in its delegate. An arrow leads from the caller to whom it calls:
 *
 *     links ────▶ EngineLinks ─────▶ Ingest ────────────────────┐
 *     sessions ─▶ EngineSessions ──▶ Ingest, RetentionEnforcer ─┤
 *     view ─────▶ EngineView ──────┐                            ├─▶ SessionStore ─▶ Disk, Locks
 *     read ─────▶ EngineReads ─────┤                            │     live session, stored ones
 *     transfer ─▶ Transfers ───────┼─ open(session) ────────────┘
 *     replay ───▶ ReplayController ┘
 *
 * What leaves the engine goes through `tell`: messages for pages (`send`, of Ingest and ReplayController) and notices for the panel. The
 * store calls back: `saved` sends acknowledgements, `trouble` puts into the status why the disk refuses.
 *
 * `tick` is the engine's only timer besides those of single subsystems. In this order it evicts what is too old or too much, lets the
 * search's indexer and then the compressor work if no event arrives, tells of gaps that eviction made, and sends the status if it changed.
 */
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
    matched: (shown, log) => view.matched(shown, log),
    artifact: ref => store.artifacts.read(ref),
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
    // The indexer goes first: searches gain more by it than the disk gains by the compressor.
    indexer.tick()
    void indexer.idle().then(() => compressor.tick())
    store.live?.log.settle()
    status.look()
  }

  function sessionsChanged(): void {
    tell({ t: 'sessions' })
    peers?.tell('sessions')
  }

  /** A write succeeded: more is on the disk than before. */
  function saved(): void {
    // Lists that could not be read while the disk refused can be read now.
    if (status.problem) tell({ t: 'sessions' })
    status.problem = ''
    ingest.acks.flush()
  }

  /** The disk refuses, and `message` says why; an empty message says that it works again. */
  function trouble(message: string): void {
    const text = message && `Nothing can be stored now: ${message}. It is tried again.`
    if (text && text !== status.problem) problem(text)
    status.problem = text
  }

  /** The engine of another panel tells what it did to the database. */
  function heard(message: PeerMessage): void {
    // The live session was deleted with all others. What is written to it from now on would be a session without a beginning.
    if (message === 'wiped') void ingest.newSession(false)
    tell({ t: 'sessions' })
  }
}

/** Gives the replay controller access to the pages that record now. `now` returns epoch ms. */
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
