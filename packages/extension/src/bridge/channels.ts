import type { FromBridge, ToBridge } from '../platform/envelope'

/** One frame has at most so many recorders, and so many may come at once, and then per second. A page could invent any number. */
const MOST_CHANNELS = 64
const BURST = 256
const PER_SECOND = 16

/** One recorder, the number that its messages carry on the extension's port, and the port that it handed over. */
interface Channel {
  id: number
  recorder: string
  port: MessagePort
}

/**
 * The channels of one frame, one for each recorder. A recorder that hands over another port replaces its old one, as after a visit to the
 * back/forward cache.
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

  /** Opens a channel. Beyond the bounds the port is closed without a word: its recorder keeps what it has in its buffer. */
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

  /** Passes on a batch that came in the synchronous event of `pagehide`, as if it had come over the recorder's port. */
  lastBatch(recorder: string, data: ArrayBuffer): void {
    const channel = this.of(recorder)
    if (channel) this.post({ k: 'data', c: channel.id, m: { t: 'batch', data } })
  }

  /** Does what the panel says: passes a message on to a recorder, or closes its channel. */
  receive(message: ToBridge): void {
    const channel = this.byId.get(message.c)
    if (!channel) return
    if (message.k === 'data') channel.port.postMessage(message.m)
    else this.close(channel.id)
  }

  closeAll(): void {
    for (const id of [...this.byId.keys()]) this.close(id)
  }

  /** A token bucket: tokens come with time, one goes with every channel. */
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
    // Not every browser lets the page tell a closed port from a quiet one, so it is told.
    channel.port.postMessage({ t: 'closed' })
    channel.port.onmessage = null
    channel.port.close()
    this.post({ k: 'closed', c: id })
  }
}
