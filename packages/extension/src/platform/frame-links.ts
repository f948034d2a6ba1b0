import { parseFromBridge, type ToBridge } from './envelope'
import type { PageLink, TransportEvents } from './transport'

/** The panel's end of the port to one frame. */
export interface FramePort {
  post(message: ToBridge): void
  disconnect(): void
}

/**
 * Turns what the bridge of one frame sends into links, one for each recorder. Messages that are not valid are dropped. If events were in
 * them, the numbers of the next ones show a gap.
 */
export class FrameLinks {
  /** What the frame's bridge said of its document; null before it said anything. */
  page: { url: string; title: string; origin: string } | null = null
  top = false
  private readonly links = new Map<number, PageLink>()

  constructor(
    private readonly port: FramePort,
    private readonly events: TransportEvents,
    /** Is called when `page` and `top` are known. */
    private readonly changed: () => void,
    /** Is called when a child frame loaded. */
    private readonly frameLoaded: () => void,
  ) {}

  receive(message: unknown): void {
    const parsed = parseFromBridge(message)
    if (!parsed) return
    if (parsed.k === 'ready') {
      this.page = { url: parsed.url, title: parsed.title, origin: parsed.origin }
      this.top = parsed.top
      this.changed()
    } else if (parsed.k === 'frames') this.frameLoaded()
    else if (parsed.k === 'open') this.open(parsed.c)
    else if (parsed.k === 'closed') this.close(parsed.c)
    else {
      const link = this.links.get(parsed.c)
      if (link) this.events.message(link, parsed.m)
    }
  }

  /** Closes every link, because the port is gone. */
  closeAll(): void {
    for (const channel of [...this.links.keys()]) this.close(channel)
  }

  private open(channel: number): void {
    if (!this.page || this.links.has(channel)) return
    const link: PageLink = {
      ...this.page,
      frame: this.top ? 'top' : 'frame',
      send: message => this.post({ k: 'data', c: channel, m: message }),
      close: () => {
        this.post({ k: 'close', c: channel })
        this.close(channel)
      },
    }
    this.links.set(channel, link)
    this.events.opened(link)
  }

  private close(channel: number): void {
    const link = this.links.get(channel)
    if (!link) return
    this.links.delete(channel)
    this.events.closed(link)
  }

  private post(message: ToBridge): void {
    try {
      this.port.post(message)
    } catch {
      // The port died between two messages; its disconnect event closes the links.
    }
  }
}
