import { page, warnOnce } from '../natives'
import { type Doors, openDoors } from './doors'
import type { Link, LinkOwner } from './link'
import type { Transport } from './transport'

/** At most one link at a time; a new one replaces the old. */
export class Connection {
  link: Link | undefined
  /** The link's engine sits behind the bridge in this window. */
  private here = false
  private openedAt = 0
  /** Was handed over, and waits for the transport. */
  private waiting: { port: MessagePort; nonce: string } | undefined
  private readonly doors: Doors | undefined

  constructor(
    recorder: string,
    origins: readonly string[],
    private readonly owner: LinkOwner & { linkLost(): void },
    private readonly now: () => number,
    /** Undefined until somebody listens. */
    public transport: Transport | undefined,
    private readonly load: () => Promise<Transport>,
  ) {
    this.doors =
      page &&
      openDoors(page, recorder, origins, {
        // Offers go to every recorder of the page at once: one that is linked to this very panel keeps its link.
        wants: nonce =>
          this.waiting?.nonce !== nonce &&
          (this.link?.nonce !== nonce || (!this.link.open && this.now() - this.openedAt > 1000)),
        enter: (port, nonce, here) => this.accept(port, nonce, here),
      })
  }

  /** Nonce for the synchronous way through the bridge; empty: there is none. */
  get nonce(): string {
    return this.link && this.here ? this.link.nonce : ''
  }

  announce(): void {
    this.doors?.announce()
  }

  accept(port: MessagePort, nonce: string, here: boolean): void {
    this.link?.drop()
    this.here = here
    this.openedAt = this.now()
    this.waiting?.port.close()
    this.waiting = undefined
    if (this.transport) this.open(this.transport, port, nonce)
    else void this.openLater(port, nonce)
  }

  private open({ Link }: Transport, port: MessagePort, nonce: string): void {
    this.link = new Link(port, nonce, this.owner, (link, silent) => {
      if (this.link !== link) return
      this.link = undefined
      this.owner.linkLost()
      if (silent) this.announce()
    })
  }

  private async openLater(port: MessagePort, nonce: string): Promise<void> {
    const waiting = { port, nonce }
    this.waiting = waiting
    try {
      this.transport ??= await this.load()
      if (this.waiting !== waiting) return
      this.waiting = undefined
      this.open(this.transport, port, nonce)
    } catch (error) {
      if (this.waiting === waiting) this.waiting = undefined
      port.close()
      warnOnce('the link to the panel could not be loaded', error)
    }
  }

  dispose(): void {
    this.waiting?.port.close()
    this.waiting = undefined
    this.doors?.dispose()
    this.link?.drop()
  }
}
