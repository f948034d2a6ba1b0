/**
 * The engine's interface, as types only. The extension exposes it over comlink, so every argument and answer is plain data and every call
 * returns a promise. What the world can refuse (a bad file, a full disk) is an answer with a message; a promise that rejects is a bug of
 * ours, or the worker is dead.
 */

import type { LinksApi } from './links'
import type { ReadApi } from './read'
import type { ReplayApi } from './replay'
import type { SessionsApi } from './sessions'
import type { EngineNotice, EngineStatus } from './status'
import type { TransferApi } from './transfer'
import type { ViewApi } from './view'

/** What the engine must know before it starts. */
export interface EngineOptions {
  /** Names the database. The same name finds the same sessions again. */
  database: string
  /** False: nothing is written to disk, as in a private window. */
  persistent: boolean
  /** One session keeps at most so many events; the oldest are evicted. */
  maxEvents: number
  /** Bytes of payload text that one session keeps in memory. Older text is read from disk when it is needed, or kept compressed. */
  textBudget: number
}

/** The engine as a whole: how it is started and watched, and its six interfaces. */
export interface EngineApi {
  /**
   * Opens the database. Call it once, before anything else but `subscribe`. A database that cannot be opened is a `problem` of the status.
   */
  start(options: EngineOptions): Promise<EngineStatus>
  /** Calls the listener (over comlink: a proxy) with every notice from then on. */
  subscribe(listener: (notice: EngineNotice) => void): Promise<void>
  /** Returns the state of the engine now. Every later change of it comes as a notice. */
  status(): Promise<EngineStatus>

  readonly links: LinksApi
  readonly sessions: SessionsApi
  readonly view: ViewApi
  readonly read: ReadApi
  readonly transfer: TransferApi
  readonly replay: ReplayApi
}
