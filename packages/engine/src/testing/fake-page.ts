import type { HelloMessage, ToPage } from '@playhead/shared/wire/messages'
import type { EngineApi } from '../contract/engine'
import type { LinkInfo } from '../contract/links'
import type { EngineNotice } from '../contract/status'
import { type BatchSpec, makeBatchBytes } from './make-batch'

/** A recorder at the other end of a link, as the engine sees one. */
export class FakePage {
  readonly received: ToPage[] = []
  emitted = 0

  constructor(
    private readonly engine: Pick<EngineApi, 'links'>,
    readonly producer: string,
    readonly link: LinkInfo,
  ) {}

  async open(hello: Partial<HelloMessage> = {}): Promise<Extract<ToPage, { t: 'welcome' }> | undefined> {
    await this.engine.links.opened(this.link)
    await this.engine.links.receive(this.link.link, this.hello(hello))
    return this.last('welcome')
  }

  hello(rest: Partial<HelloMessage> = {}): HelloMessage {
    return {
      t: 'hello',
      wire: 1,
      producer: this.producer,
      name: 'orders',
      app: 'orders',
      sdk: '1',
      url: `${this.link.origin}/`,
      origin: this.link.origin,
      title: 'Orders',
      context: this.link.frame,
      timeOrigin: 1_700_000_000_000,
      now: 1000,
      wall: 1_700_000_001_000,
      level: 'action',
      facets: [],
      attachments: [],
      states: [],
      emitted: this.emitted,
      oldest: this.emitted > 0 ? 1 : 0,
      previous: null,
      probe: new ArrayBuffer(8),
      ...rest,
    }
  }

  /** Emits and sends the next `count` events. */
  async emit(count: number, rest: Partial<BatchSpec> = {}): Promise<void> {
    const firstN = this.emitted + 1
    this.emitted += count
    await this.send({ firstN, count, ...rest })
  }

  async send(spec: Omit<BatchSpec, 'producer'>): Promise<void> {
    const data = makeBatchBytes({ producer: this.producer, ...spec })
    await this.engine.links.receive(this.link.link, { t: 'batch', data })
  }

  close(): Promise<void> {
    return this.engine.links.closed(this.link.link)
  }

  last<T extends ToPage['t']>(kind: T): Extract<ToPage, { t: T }> | undefined {
    return this.received.findLast(message => message.t === kind) as Extract<ToPage, { t: T }> | undefined
  }
}

/** The panel's side of an engine: pages by link, and all notices. */
export class FakePanel {
  readonly notices: EngineNotice[] = []
  private readonly pages = new Map<number, FakePage>()

  constructor(readonly engine: EngineApi) {
    void engine.subscribe(notice => {
      this.notices.push(notice)
      if (notice.t === 'send') this.pages.get(notice.link)?.received.push(notice.message as ToPage)
    })
  }

  page(producer: string, rest: Partial<LinkInfo> = {}): FakePage {
    const link = { link: this.pages.size + 1, tab: 'run-1', origin: 'http://localhost', frame: 'top' as const, ...rest }
    const page = new FakePage(this.engine, producer, link)
    this.pages.set(link.link, page)
    return page
  }

  last<T extends EngineNotice['t']>(kind: T): Extract<EngineNotice, { t: T }> | undefined {
    return this.notices.findLast(notice => notice.t === kind) as Extract<EngineNotice, { t: T }> | undefined
  }
}
