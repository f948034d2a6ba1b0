import { browser } from './browser'
import { placeOf } from './direct-transport'
import { FrameLinks } from './frame-links'
import { parseFromRelay, RELAY_PORT, type ToRelay } from './relay-envelope'
import type { Transport, TransportEvents } from './transport'

/**
 * Firefox: a panel has neither `tabs` nor `scripting`, so the background page injects and pairs the ports. It keeps no state: when it
 * was put to sleep or restarted the port breaks, and the panel connects and scans again.
 */
export function relayTransport(tabId: number, pageAddress: () => Promise<string>): Transport {
  const frames = new Map<number, FrameLinks>()
  let events: TransportEvents | undefined
  let port = undefined as ReturnType<typeof browser.runtime.connect> | undefined

  const send = (message: ToRelay) => port?.postMessage(message)
  const scan = () => {
    if (!port) connect()
    send({ r: 'scan', tab: tabId })
  }
  const report = (access: 'ok' | 'denied' | 'error', message = '', address = '') => {
    const top = [...frames.values()].find(frame => frame.top)
    events?.reach({ access, page: top?.page ?? placeOf(address), frames: frames.size, message })
  }

  const onMessage = async (raw: unknown) => {
    const message = parseFromRelay(raw)
    if (!message || !events) return
    if (message.r === 'scanned') {
      if (!message.message) report('ok')
      else report(message.denied ? 'denied' : 'error', message.message, await pageAddress())
    } else if (message.r === 'frame') {
      const f = message.f
      const framePort = {
        post: (m: unknown) => send({ r: 'data', f, m }),
        disconnect: () => send({ r: 'drop', f }),
      }
      frames.set(f, new FrameLinks(framePort, events, () => report('ok'), scan))
    } else if (message.r === 'gone') {
      const links = frames.get(message.f)
      frames.delete(message.f)
      links?.closeAll()
      scan()
    } else frames.get(message.f)?.receive(message.m)
  }

  const lost = () => {
    port = undefined
    for (const links of frames.values()) links.closeAll()
    frames.clear()
    if (events) scan()
  }

  const connect = () => {
    port = browser.runtime.connect({ name: RELAY_PORT })
    port.onMessage.addListener(message => void onMessage(message))
    port.onDisconnect.addListener(lost)
  }

  const onNavigated = () => scan()

  return {
    start(listener) {
      events = listener
      browser.devtools.network.onNavigated.addListener(onNavigated)
      scan()
    },
    dispose() {
      events = undefined
      browser.devtools.network.onNavigated.removeListener(onNavigated)
      port?.disconnect()
      port = undefined
      for (const links of frames.values()) links.closeAll()
      frames.clear()
    },
  }
}
