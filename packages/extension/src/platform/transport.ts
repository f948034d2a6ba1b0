/** One recorder of one frame of the inspected page, as the panel reaches it. */
export interface PageLink {
  origin: string
  url: string
  title: string
  frame: 'top' | 'frame'
  /** Never throws: a message to a page that is gone is dropped, `closed` follows. */
  send(message: unknown): void
  close(): void
}

export interface TransportEvents {
  opened(link: PageLink): void
  message(link: PageLink, message: unknown): void
  closed(link: PageLink): void
  /** The set of reachable frames, or whether the page can be reached at all, changed. */
  reach(reach: Reach): void
}

export interface Reach {
  access: 'ok' | 'denied' | 'error'
  /** The top frame, once it answered; where access is denied what DevTools says of it. */
  page: { url: string; title: string; origin: string } | null
  frames: number
  message: string
  /** A recorder of the page left without a word, and none came in its place: another panel may have it. */
  left?: boolean
}

/** A way from the panel to the recorders of one page. `platform/` has one for each kind of browser, `panel/connection` one for windows. */
export interface Transport {
  start(events: TransportEvents): void
  /** Asks the page's recorders to come here, from whatever panel has them. Absent where that is not possible. */
  again?(): void
  dispose(): void
}
