import { guard } from '../page/guard'
import { page, stringify, warnOnce } from '../page/natives'
import type { RecorderInternals } from './internals'
import type { PanelConnection, PanelConnector } from './panel-connection'
import { listenForOffers } from './window-offers'

/** Offers that may wait while the connector is loaded; further ones are ignored, and panels repeat them. */
const MOST_WAITING = 64

/** How a panel gets at the recorder: by an offer in the window, or by a port that the app hands over. */
export interface PanelAccess {
  accept(port: MessagePort): void
  /** Begins to load the connector, unless it is there or being loaded. */
  open(): void
  dispose(): void
}

/**
 * `built`: the connector, where it is built in; otherwise `load` brings it when somebody asks, and is tried again at each request until it
 * succeeds.
 */
export function openPanelAccess(
  internals: RecorderInternals,
  built: PanelConnector | undefined,
  load: () => Promise<PanelConnector>,
): PanelAccess {
  const waiting: ((connection: PanelConnection | undefined) => void)[] = []
  internals.connection = built?.connect(internals)

  let loading = false

  /** Calls `run` once there is a connection: with undefined where none could be made, or where a newer request replaced this one. */
  const connected = (run: (connection: PanelConnection | undefined) => void) => {
    if (internals.connection) return run(internals.connection)
    waiting.push(run)
    void open()
  }
  const open = async () => {
    if (loading) return
    loading = true
    try {
      const connector = await load()
      if (!internals.disposed) internals.connection = connector.connect(internals)
    } catch (error) {
      warnOnce('the link to the panel could not be loaded', error)
      giveUp(internals)
    }
    loading = false
    settle(internals.connection)
  }
  const settle = (connection?: PanelConnection) => {
    for (const run of waiting.splice(0)) guard(() => run(connection))
  }

  const offers =
    page &&
    listenForOffers(page, internals.id, internals.settings.panelOrigins, (event, here) => {
      if (waiting.length < MOST_WAITING) connected(connection => connection?.offered(event, here))
    })
  if (offers) internals.announce = offers.announce
  return {
    accept(port) {
      settle()
      connected(connection => {
        if (connection) connection.accept(port, '', false)
        else port.close()
      })
    },
    open: () => void open(),
    dispose() {
      offers?.dispose()
      internals.connection?.link?.drop()
      internals.connection = undefined
      settle()
    },
  }
}

/** Without a connector the bytes of waiting artifacts cannot be kept; a mark in the session still names each of them. */
function giveUp({ journal, waiting }: RecorderInternals): void {
  for (const { name, type = '', time, afterN } of waiting.splice(0)) {
    journal.addMark('artifact', name, stringify({ ref: '', type: String(type), bytes: 0 }), time, afterN)
  }
}
