import { parseWindowMessage, type WindowMessage } from '@playhead/shared/wire/handshake'
import { WIRE_VERSION } from '@playhead/shared/wire/limits'
import { createChannel, page } from '../page/natives'
import type { PanelConnection } from '../recorder/panel-connection'
import { Link, type LinkedRecorder } from './link'
import { deliverLast } from './pagehide'

/** The recorder, for its connection. */
export interface ConnectedRecorder extends LinkedRecorder {
  readonly producer: string
  /** ms on the producer's clock. */
  now(): number
  linkLost(): void
  /** Says "I am here" to whoever may listen. */
  announce(): void
}

/** At most one link at a time; a new one replaces the old. */
export class PortConnection implements PanelConnection {
  link: Link | undefined
  /** The link's engine sits behind the bridge in this window. */
  private here = false
  private openedAt = 0

  constructor(private readonly recorder: ConnectedRecorder) {}

  /** Somebody at one of the doors says something. `here`: in this very window, that is the bridge. */
  offered({ data, source, origin }: MessageEvent, here: boolean): void {
    const message = parseWindowMessage(data)
    if (message?.playhead !== 'offer' || message.wire !== WIRE_VERSION || !this.wants(message.nonce)) return
    const { nonce, wire } = message
    const { port1, port2 } = createChannel()
    const answer: WindowMessage = { playhead: 'port', wire, nonce, recorder: this.recorder.producer }
    if (here) (page as Window).postMessage(answer, '/', [port2])
    else (source as Window).postMessage(answer, origin, [port2])
    this.accept(port1, nonce, here)
  }

  accept(port: MessagePort, nonce: string, here: boolean): void {
    const { recorder } = this
    this.link?.drop()
    this.here = here
    this.openedAt = recorder.now()
    this.link = new Link(port, nonce, recorder, (link, silent) => {
      if (this.link !== link) return
      this.link = undefined
      recorder.linkLost()
      if (silent) recorder.announce()
    })
  }

  /** The page goes. False: nobody is there. */
  deliverLast(first: boolean): boolean {
    const { link, here, recorder } = this
    return link !== undefined && deliverLast(first, link, here, recorder)
  }

  /** Offers go to every recorder of the page at once: one that is linked to this very panel keeps its link. */
  private wants(nonce: string): boolean {
    return this.link?.nonce !== nonce || (!this.link.open && this.recorder.now() - this.openedAt > 1000)
  }
}
