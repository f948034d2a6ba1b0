/** Connections to recorders. The panel carries messages between pages and the engine without looking into them. */

/** What the panel knows of a link before anything arrived on it. */
export interface LinkInfo {
  /** Number of the link, unique while the engine runs. */
  link: number
  /** Identifies the tab in this run of the browser. */
  tab: string
  /** Origin of the page as the transport knows it; empty where it does not know. */
  origin: string
  frame: 'top' | 'frame'
}

export interface LinksApi {
  /** Tells the engine of a new link. The recorder's hello follows as the first message on it. */
  opened(link: LinkInfo): Promise<void>
  /**
   * Hands over one message as it arrived; the engine checks it. ArrayBuffers in it should be transferred. Resolves when it was taken in.
   */
  receive(link: number, message: unknown): Promise<void>
  /** Tells the engine that nothing more arrives on the link. */
  closed(link: number): Promise<void>
}
