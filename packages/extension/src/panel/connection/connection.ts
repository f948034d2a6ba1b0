import { signal } from '@preact/signals'
import { grantableOrigin } from '../../platform/origin'
import type { Reach, Transport } from '../../platform/transport'
import { type LinkEngine, Links } from './links'
import type { Connection, ConnectionState } from './types'

/** What the connection needs of the engine: to feed it, and to carry its answers. */
export interface ConnectionEngine extends LinkEngine {
  /** Calls `listener` with each message that the engine wants sent; returns a function that ends it. */
  onSend(listener: (link: number, message: unknown) => void): () => void
}

/** The tab, and how its pages are reached. */
export interface ConnectionOptions {
  /** Names the tab in this run of the browser. */
  tab: string
  transport: Transport
  grant?: (origin: string) => Promise<boolean>
}

/** Messages that were dropped are told of at most once in so many ms. */
const DROPPED_DELAY = 250

/** Connects the recorders of the page to the engine for as long as the panel lives. Losing the page is an ordinary event. */
export function startConnection(engine: ConnectionEngine, options: ConnectionOptions): Connection {
  const state = signal<ConnectionState>({
    phase: 'starting',
    page: null,
    frames: 0,
    message: '',
    permission: null,
    dropped: 0,
  })
  let telling: ReturnType<typeof setTimeout> | undefined
  const links = new Links(
    engine,
    options.tab,
    () => {
      telling ??= setTimeout(() => {
        telling = undefined
        update()
      }, DROPPED_DELAY)
    },
    () => update(),
  )
  let reach: Reach = { access: 'ok', page: null, frames: 0, message: '' }
  let scanned = false

  const update = () => {
    const { access, page, frames, message } = reach
    const permission = (access === 'denied' && page && grantableOrigin(page.origin)) || null
    const isSilent = links.silent || (links.count === 0 && reach.left === true)
    const phase = isSilent
      ? 'silent'
      : links.count > 0
        ? 'connected'
        : access === 'denied'
          ? 'no-access'
          : access === 'error'
            ? 'lost'
            : scanned
              ? 'waiting'
              : 'starting'
    state.value = { phase, page, frames, message, permission, dropped: links.dropped }
  }

  const stopSending = engine.onSend((link, message) => links.send(link, message))
  options.transport.start({
    opened(link) {
      links.open(link)
      update()
    },
    message: (link, message) => links.receive(link, message),
    closed(link) {
      links.close(link)
      update()
    },
    reach(next) {
      reach = next
      scanned = true
      update()
    },
  })

  const { grant, transport } = options
  return {
    state,
    ...(transport.again && { again: () => transport.again?.() }),
    ...(grant && {
      grant() {
        const origin = state.value.permission
        if (origin) void grant(origin)
      },
    }),
    dispose() {
      clearTimeout(telling)
      stopSending()
      links.closeAll()
      options.transport.dispose()
    },
  }
}
