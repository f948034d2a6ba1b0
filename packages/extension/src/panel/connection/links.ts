import type { LinkInfo } from '../../engine/contract'
import type { PageLink } from '../../platform/transport'

/** The part of the engine that the connection feeds. Calls are not awaited: order is kept by the worker's queue. */
export interface LinkEngine {
  linkOpened(link: LinkInfo): void
  /** ArrayBuffers inside `message` may be transferred. */
  receive(link: number, message: unknown): void
  linkClosed(link: number): void
}

/** Numbers the links and passes messages between them and the engine, unread. */
export class Links {
  private readonly byNumber = new Map<number, PageLink>()
  private readonly numbers = new Map<PageLink, number>()
  private next = 1

  constructor(
    private readonly engine: LinkEngine,
    private readonly tab: string,
  ) {}

  get count(): number {
    return this.byNumber.size
  }

  open(page: PageLink): void {
    const link = this.next++
    this.byNumber.set(link, page)
    this.numbers.set(page, link)
    this.engine.linkOpened({ link, tab: this.tab, origin: page.origin, frame: page.frame })
  }

  receive(page: PageLink, message: unknown): void {
    const link = this.numbers.get(page)
    if (link !== undefined) this.engine.receive(link, message)
  }

  close(page: PageLink): void {
    const link = this.numbers.get(page)
    if (link === undefined) return
    this.numbers.delete(page)
    this.byNumber.delete(link)
    this.engine.linkClosed(link)
  }

  /** From the engine to the page; a link that is gone swallows it. */
  send(link: number, message: unknown): void {
    this.byNumber.get(link)?.send(message)
  }

  closeAll(): void {
    for (const page of [...this.numbers.keys()]) page.close()
  }
}
