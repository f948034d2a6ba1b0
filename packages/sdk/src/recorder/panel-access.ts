import type { Connection } from '../link/connection'
import type { Transport } from '../link/connector'
import { guard } from '../page/guard'
import { page, stringify, warnOnce } from '../page/natives'
import type { Core } from './internals'
import { openDoors } from './window-offers'

/** Offers that may wait for the transport. */
const MOST_WAITING = 64

/** How panels reach the recorder: from outside through the doors of the window, or by a port that the app hands over. */
export interface Reach {
  accept(port: MessagePort): void
  /** Brings the transport, where it is not there and not on its way. */
  open(): void
  dispose(): void
}

/** `built`: the transport, where it is there already; else `load` brings it when somebody asks, again with each try until it comes. */
export function openReach(core: Core, built: Transport | undefined, load: () => Promise<Transport>): Reach {
  const waiting: ((connection: Connection | undefined) => void)[] = []
  core.connection = built?.connect(core)

  let loading = false

  /** With undefined where there is none, or something newer came. */
  const connected = (run: (connection: Connection | undefined) => void) => {
    if (core.connection) return run(core.connection)
    waiting.push(run)
    void open()
  }
  const open = async () => {
    if (loading) return
    loading = true
    try {
      const transport = await load()
      if (!core.disposed) core.connection = transport.connect(core)
    } catch (error) {
      warnOnce('the link to the panel could not be loaded', error)
      giveUp(core)
    }
    loading = false
    settle(core.connection)
  }
  const settle = (connection?: Connection) => {
    for (const run of waiting.splice(0)) guard(() => run(connection))
  }

  const doors =
    page &&
    openDoors(page, core.id, core.settings.panelOrigins, (event, here) => {
      if (waiting.length < MOST_WAITING) connected(connection => connection?.offered(event, here))
    })
  if (doors) core.announce = doors.announce
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
      doors?.dispose()
      core.connection?.link?.drop()
      core.connection = undefined
      settle()
    },
  }
}

/** The artifacts that wait cannot be kept: the session knows of them. */
function giveUp({ journal, waiting }: Core): void {
  for (const { name, type = '', time, afterN } of waiting.splice(0)) {
    journal.addMark('artifact', name, stringify({ ref: '', type: String(type), bytes: 0 }), time, afterN)
  }
}
