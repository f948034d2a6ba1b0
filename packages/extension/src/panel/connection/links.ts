import type { LinkInfo } from '@playhead/engine/contract/links'
import type { PageLink } from '../../platform/transport'
import { weigh } from './weigh'

/*
 * A link is one recorder's connection to the engine: as a `PageLink` it is how the page is reached, as a number it is what the engine knows
 * it by. Between the two stands a bounded way in each direction:
 *
 *     page ── message ──▶ receive ──▶ weigh ──▶ engine.receive(number, message) ──▶ settles when it was taken in
 *                                       │             under way: + bytes, + 1        − bytes, − 1
 *                                       └─ too heavy, too much under way, or no plain data: dropped and counted
 *     page ◀── message ── send ◀──────────────── engine
 *
 * Messages are not read but for their weight, and order is kept: nothing waits here. What is dropped was numbered by the recorder, so that
 * the engine finds a hole and shows a gap. The bounds are far above what a recorder ever has under way, because acknowledgements hold it
 * back; only a hostile page reaches them.
 *
 * Whether anybody is there is told by pings, which the engine sends and this counts: after three in a row without a word the link is
 * silent. Its recorder has another panel then, which does not answer for the old one, or its page is stopped. When all links are silent
 * the panel says so.
 */

/** At most so many links are open at one time, each with so many bytes and messages that the engine has not taken in yet. */
const MOST_LINKS = 1024
const MOST_BYTES = 96 << 20
const MOST_MESSAGES = 16_384
/** A link is silent after so many pings in a row without any answer. */
const UNANSWERED = 3

/** The part of the engine that the connection feeds. Calls are not awaited: order is kept by the worker's queue. */
export interface LinkEngine {
  linkOpened(link: LinkInfo): void
  /** ArrayBuffers inside `message` may be transferred. Settles when the engine is done with it; never rejects. */
  receive(link: number, message: unknown): Promise<void>
  linkClosed(link: number): void
}

interface Open {
  page: PageLink
  /** Bytes and messages that are under way to the engine. */
  bytes: number
  messages: number
  /** How many pings were sent since the page said anything. */
  unanswered: number
}

/** Numbers the links, and passes messages between them and the engine. */
export class Links {
  dropped = 0
  private readonly byNumber = new Map<number, Open>()
  private readonly numbers = new Map<PageLink, number>()
  private next = 1

  constructor(
    private readonly engine: LinkEngine,
    private readonly tab: string,
    private readonly onDropped: () => void = () => {},
    private readonly onSilence: () => void = () => {},
  ) {}

  get count(): number {
    return this.byNumber.size
  }

  /** True where there are links and nobody answers on any of them. */
  get silent(): boolean {
    const all = [...this.byNumber.values()]
    return all.length > 0 && all.every(({ unanswered }) => unanswered >= UNANSWERED)
  }

  open(page: PageLink): void {
    if (this.byNumber.size >= MOST_LINKS) {
      this.drop()
      page.close()
      return
    }
    const link = this.next++
    this.byNumber.set(link, { page, bytes: 0, messages: 0, unanswered: 0 })
    this.numbers.set(page, link)
    this.engine.linkOpened({ link, tab: this.tab, origin: page.origin, frame: page.frame })
  }

  receive(page: PageLink, message: unknown): void {
    const link = this.numbers.get(page)
    const open = link === undefined ? undefined : this.byNumber.get(link)
    if (link === undefined || !open) return
    this.hear(open, 0)
    const weight = weigh(message)
    if (weight < 0 || open.messages >= MOST_MESSAGES || open.bytes + weight > MOST_BYTES) {
      this.drop()
      return
    }
    open.bytes += weight
    open.messages++
    void this.engine.receive(link, message).then(() => {
      open.bytes -= weight
      open.messages--
    })
  }

  close(page: PageLink): void {
    const link = this.numbers.get(page)
    if (link === undefined) return
    this.numbers.delete(page)
    this.byNumber.delete(link)
    this.engine.linkClosed(link)
  }

  /** Passes a message from the engine to the page; a link that is gone swallows it. */
  send(link: number, message: unknown): void {
    const open = this.byNumber.get(link)
    if (!open) return
    open.page.send(message)
    if ((message as { t?: unknown } | null)?.t === 'ping') this.hear(open, open.unanswered + 1)
  }

  closeAll(): void {
    for (const page of [...this.numbers.keys()]) page.close()
  }

  private hear(open: Open, unanswered: number): void {
    const before = open.unanswered
    open.unanswered = unanswered
    if (before >= UNANSWERED !== unanswered >= UNANSWERED) this.onSilence()
  }

  private drop(): void {
    this.dropped++
    this.onDropped()
  }
}
