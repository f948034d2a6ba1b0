import { browser } from './browser'
import { placeOf } from './direct-transport'
import { FrameLinks } from './frame-links'
import { parseFromRelay, RELAY_PORT, type ToRelay } from './relay-envelope'
import type { Transport, TransportEvents } from './transport'

/**
 * The transport for Firefox, where a panel may use neither `tabs` nor `scripting`: the background relay injects bridges and pairs ports.
 *
 *     panel ── { r: 'scan', tab } ──────────────▶ relay ─── injects the bridge into all frames of the tab
 *           ◀── { r: 'frame', f } ─────────────── relay ◀── port f ──▶ bridge of one frame
 *           ◀── { r: 'data', f, m } ────────────▶ relay ◀── m ───────▶ bridge; FrameLinks turns `m` into links
 *           ◀── { r: 'gone', f } ──────────────── relay     the frame's port was closed: scan again
 *           ◀── { r: 'scanned', denied, … } ───── relay     the scan is over: reach `ok`, `denied` or `error`
 *
 * A scan is asked for at the start, when the page navigates, when a frame reports a loaded child, and when a port was closed. The relay
 * keeps no state. When the browser stopped it, the one port that leads to it breaks; every link closes, and the panel connects and scans
 * again, which finds the bridges still there.
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
