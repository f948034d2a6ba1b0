import type { FromBridge, ToBridge } from '../platform/envelope'

/** Recorders of one frame at most, and how many may come at once and per second after that: a page can invent any number. */
const MOST_CHANNELS = 64
const BURST = 256
const PER_SECOND = 16

interface Channel {
  id: number
  recorder: string
  port: MessagePort
}

/**
 * The recorders of this frame, each with the MessagePort it handed over. A recorder that hands over another port has replaced its
 * old one (reload of the SDK, back/forward cache).
 */
export class Channels {
  private readonly byId = new Map<number, Channel>()
  private next = 1
  private allowed = BURST
  private lastOpen = 0

  constructor(
    private readonly post: (message: FromBridge) => void,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** One too many is let go unheard: its recorder keeps what it has in its buffer. */
  open(recorder: string, port: MessagePort): void {
    const old = this.of(recorder)
    if ((!old && this.byId.size >= MOST_CHANNELS) || !this.mayOpen()) {
      port.close()
      return
    }
    if (old) this.close(old.id)
    const channel: Channel = { id: this.next++, recorder, port }
    this.byId.set(channel.id, channel)
    this.post({ k: 'open', c: channel.id, recorder })
    port.onmessage = event => this.post({ k: 'data', c: channel.id, m: event.data })
  }

  /** A batch that came by the synchronous door of `pagehide`. */
  lastBatch(recorder: string, data: ArrayBuffer): void {
    const channel = this.of(recorder)
    if (channel) this.post({ k: 'data', c: channel.id, m: { t: 'batch', data } })
  }

  receive(message: ToBridge): void {
    const channel = this.byId.get(message.c)
    if (!channel) return
    if (message.k === 'data') channel.port.postMessage(message.m)
    else this.close(channel.id)
  }

  closeAll(): void {
    for (const id of [...this.byId.keys()]) this.close(id)
  }

  private mayOpen(): boolean {
    const now = this.now()
    this.allowed = Math.min(BURST, this.allowed + ((now - this.lastOpen) / 1000) * PER_SECOND)
    this.lastOpen = now
    if (this.allowed < 1) return false
    this.allowed--
    return true
  }

  private of(recorder: string): Channel | undefined {
    for (const channel of this.byId.values()) if (channel.recorder === recorder) return channel
    return undefined
  }

  private close(id: number): void {
    const channel = this.byId.get(id)
    if (!channel) return
    this.byId.delete(id)
    // The page cannot tell a closed port from a quiet one in every browser: say it first.
    channel.port.postMessage({ t: 'closed' })
    channel.port.onmessage = null
    channel.port.close()
    this.post({ k: 'closed', c: id })
  }
}
