import type { LinkInfo, LinksApi } from '../contract/links'
import type { Ingest } from '../ingest/ingest'
import type { Meter } from '../tasks/meter'

/** What `EngineLinks` is handed. */
export interface LinksDelegate {
  ingest: Ingest
  meter: Meter
  /** Called before a batch is taken in: work for idle moments must stop. */
  disturb(): void
  /** Called after a link was closed. */
  closed(link: number): void
}

/** Hands what arrives on links to `Ingest`, and measures how long that takes. */
export class EngineLinks implements LinksApi {
  constructor(private readonly delegate: LinksDelegate) {}

  async opened(link: LinkInfo): Promise<void> {
    this.delegate.ingest.linkOpened(link)
  }

  async receive(link: number, message: unknown): Promise<void> {
    const { ingest, meter } = this.delegate
    if ((message as { t?: unknown } | null)?.t === 'batch') this.delegate.disturb()
    await meter.measure(() => ingest.receive(link, message))
  }

  async closed(link: number): Promise<void> {
    await this.delegate.ingest.linkClosed(link)
    this.delegate.closed(link)
  }
}
