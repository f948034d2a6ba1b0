/** The way to one recorder in one frame of the inspected page. `origin`, `url` and `title` are the frame's, as the transport knows them. */
export interface PageLink {
  origin: string
  url: string
  title: string
  frame: 'top' | 'frame'
  /** Sends a message. Never throws: a message to a page that is gone is dropped, and `closed` follows. */
  send(message: unknown): void
  close(): void
}

/** What a transport tells whoever started it. */
export interface TransportEvents {
  opened(link: PageLink): void
  /** A message arrived on the link. It was not checked. */
  message(link: PageLink, message: unknown): void
  closed(link: PageLink): void
  /** Other frames can be reached than before, or the page can be reached at all, or no longer. */
  reach(reach: Reach): void
}

/** Whether the inspected page can be reached, and how many of its frames. */
export interface Reach {
  /** `denied`: the user has not allowed this site. `error`: something else is in the way, and `message` says what. */
  access: 'ok' | 'denied' | 'error'
  /** The top frame's document: what its bridge said or, where access is denied, what DevTools says. Null where nobody knows. */
  page: { url: string; title: string; origin: string } | null
  /** Frames that are connected. */
  frames: number
  message: string
  /** True: a recorder of the page left and none came in its place. Another panel may have it. */
  left?: boolean
}

/**
 * A way from the panel to the recorders of one page. `platform/` has one for each kind of browser, `panel/connection` one for another
 * window.
 */
export interface Transport {
  /** Begins to look for recorders. Call it once. */
  start(events: TransportEvents): void
  /** Asks the page's recorders to connect to this panel, whichever panel they are connected to. Absent where that is not possible. */
  again?(): void
  dispose(): void
}
