import { page } from '../natives'
import { type Doors, openDoors } from './doors'
import { Link, type LinkOwner } from './link'

/** At most one link at a time; a new one replaces the old. */
export class Connection {
  link: Link | undefined
  /** The link's engine sits behind the bridge in this window. */
  private here = false
  private openedAt = 0
  private readonly doors: Doors | undefined

  constructor(
    recorder: string,
    origins: readonly string[],
    private readonly owner: LinkOwner & { linkLost(): void },
    private readonly now: () => number,
  ) {
    this.doors =
      page &&
      openDoors(page, recorder, origins, {
        // Offers go to every recorder of the page at once: one that is linked to this very panel keeps its link.
        wants: nonce => this.link?.nonce !== nonce || (!this.link.open && this.now() - this.openedAt > 1000),
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
    this.link = new Link(port, nonce, this.owner, (link, silent) => {
      if (this.link !== link) return
      this.link = undefined
      this.owner.linkLost()
      if (silent) this.announce()
    })
  }

  dispose(): void {
    this.doors?.dispose()
    this.link?.drop()
  }
}
