/** Connections to recorders: what the panel carries between pages and the engine. */

export interface LinkInfo {
  link: number
  /** Browser run and tab. */
  tab: string
  origin: string
  frame: 'top' | 'frame'
}

export interface LinksApi {
  /** A link to a recorder exists; the hello follows as its first message. */
  opened(link: LinkInfo): Promise<void>
  /** One message that arrived on the link, as it arrived: the engine validates it. ArrayBuffers are transferred. */
  receive(link: number, message: unknown): Promise<void>
  closed(link: number): Promise<void>
}
