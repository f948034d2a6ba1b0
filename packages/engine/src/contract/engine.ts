/**
 * What may be asked of the engine: types only. In the extension it is exposed over comlink. Every answer is plain data. Errors of the
 * world (a bad file, a full disk) are results with a message; a rejected promise is a bug of ours or a dead worker.
 */

import type { LinksApi } from './links'
import type { ReadApi } from './read'
import type { ReplayApi } from './replay'
import type { SessionsApi } from './sessions'
import type { EngineNotice, EngineStatus } from './status'
import type { TransferApi } from './transfer'
import type { ViewApi } from './view'

export interface EngineOptions {
  /** Name of the database. */
  database: string
  /** False: nothing is written to disk (private windows). */
  persistent: boolean
  /** Visible capacity of one session in events; whole chunks go when it is passed. */
  maxEvents: number
  /** Bytes of payload text kept raw in memory; older text is read from disk when needed. */
  textBudget: number
}

export interface EngineApi {
  /** Opens the database and the catalogue; call once, before anything else but `subscribe`. */
  start(options: EngineOptions): Promise<EngineStatus>
  /** The listener (a comlink proxy) gets every notice from then on. */
  subscribe(listener: (notice: EngineNotice) => void): Promise<void>
  /** How things stand now; what changes of it comes as notices. */
  status(): Promise<EngineStatus>

  readonly links: LinksApi
  readonly sessions: SessionsApi
  readonly view: ViewApi
  readonly read: ReadApi
  readonly transfer: TransferApi
  readonly replay: ReplayApi
}
