import { parseWindowMessage, type WindowMessage } from '@playhead/shared/wire/handshake'
import { WIRE_VERSION } from '@playhead/shared/wire/limits'
import { createChannel, page } from '../page/natives'
import type { PanelConnection } from '../recorder/panel-connection'
import { Link, type LinkDelegate } from './link'
import { deliverLast } from './pagehide'

/** What a connection is handed to tell and ask the recorder, besides what its links need. */
export interface ConnectionDelegate extends LinkDelegate {
  readonly producer: string
  /** The time now, in ms on the producer's clock. */
  now(): number
  /** Called when a link has ended and none has replaced it. */
  linkLost(): void
  /** Posts "a recorder is here" to every window that may show a panel. */
  announce(): void
}

/**
 * Answers panels' offers with a port, and holds the link that was made of the latest one. There is one at a time; a new one replaces the
 * old.
 */
export class PortConnection implements PanelConnection {
  link: Link | undefined
  /** The link goes through the extension's bridge in this window, not to another window. */
  private here = false
  /** When the link was made, in ms on the producer's clock. */
  private openedAt = 0

  constructor(private readonly delegate: ConnectionDelegate) {}

  offered({ data, source, origin }: MessageEvent, here: boolean): void {
    const message = parseWindowMessage(data)
    if (message?.playhead !== 'offer' || message.wire !== WIRE_VERSION || !this.wants(message.nonce)) return
    const { nonce, wire } = message
    const { port1, port2 } = createChannel()
    const answer: WindowMessage = { playhead: 'port', wire, nonce, recorder: this.delegate.producer }
    if (here) (page as Window).postMessage(answer, '/', [port2])
    else (source as Window).postMessage(answer, origin, [port2])
    this.accept(port1, nonce, here)
  }

  accept(port: MessagePort, nonce: string, here: boolean): void {
    const { delegate } = this
    this.link?.drop()
    this.here = here
    this.openedAt = delegate.now()
    this.link = new Link(port, nonce, delegate, (link, silent) => {
      if (this.link !== link) return
      this.link = undefined
      delegate.linkLost()
      if (silent) delegate.announce()
    })
  }

  deliverLast(first: boolean): boolean {
    const { link, here, delegate } = this
    return link !== undefined && deliverLast(first, link, here, delegate)
  }

  /**
   * Whether an offer should be answered. An offer reaches every recorder of the page, and panels repeat it: one that is linked to the very
   * panel keeps its link, unless no `welcome` has come for a second.
   */
  private wants(nonce: string): boolean {
    return this.link?.nonce !== nonce || (!this.link.open && this.delegate.now() - this.openedAt > 1000)
  }
}
