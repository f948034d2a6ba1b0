import type { FromPage } from '@playhead/shared/wire/messages'
import type { RecorderInternals } from './internals'

/**
 * What the recorder asks of the code that talks to a panel. That code lies in `link/` and is loaded when a panel first offers itself, so
 * that a page nobody looks at does not pay for it; the recorder knows it by these interfaces alone.
 */
export interface PanelConnector {
  connect(internals: RecorderInternals): PanelConnection
}

/** Answers offers and holds the latest link, of which a recorder has one at a time. */
export interface PanelConnection {
  readonly link: EngineLink | undefined
  /** A window posted an offer. `here`: it is the page's own window, where only the extension's bridge speaks. */
  offered(event: MessageEvent, here: boolean): void
  /** Makes a link of `port`. `nonce`: the offer it answers, empty where the app handed the port over. */
  accept(port: MessagePort, nonce: string, here: boolean): void
  /** The page is going away: sends what is left. `first`: not called before. False: there is no link. */
  deliverLast(first: boolean): boolean
}

export interface EngineLink {
  /** The engine has said `welcome`. */
  readonly open: boolean
  /** Calls `run` in `ms` from now, in no task of the app's; returns a function that lets it be. */
  later(run: () => void, ms: number): () => void
  /** Sends what the buffer holds, as far as the bytes under way allow. */
  pump(): void
  /** False: the port did not take the message. */
  post(message: FromPage, transfer?: Transferable[]): boolean
  /** Tells the panel the registered schemas; one message for all that change in the same task. */
  schemas(): void
  /** Tells the panel what the app said of its types; bundled as `schemas`. */
  describe(): void
  /** Ends the link on this side. */
  drop(): void
}
