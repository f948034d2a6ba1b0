import type { Take } from '@playhead/shared/model/session'
import type { ReplayReport, ToPage } from '@playhead/shared/wire/messages'
import type { EngineApi, ReplayStatus, TransferProgress } from './contract/engine'
import type { LogReader } from './log/reader'
import type { SessionStore } from './sessions/session-store'

/** What the engine is put together from; a part that is absent answers that it is not available. */
export interface EngineParts {
  transfer?(host: TransferHost): TransferPart
  replay?(host: ReplayHost): ReplayPart
}

export interface TransferHost {
  open(session: string): Promise<LogReader | undefined>
  store: Pick<SessionStore, 'importer' | 'list'>
  /** False: nothing may be written to the disk. */
  persistent: boolean
  progress(progress: TransferProgress): void
  /** The catalogue changed. */
  sessionsChanged(): void
}

export interface TransferPart extends Pick<EngineApi, 'exportSession' | 'importSession' | 'cancelTransfer'> {
  /** Deletes the files of exports. */
  forget(): Promise<void>
}

export interface ReplayHost {
  open(session: string): Promise<LogReader | undefined>
  send(link: number, message: ToPage): void
  notify(status: ReplayStatus): void
  /** The log that a link records into, and the origin of its page; undefined where the link is gone. */
  live(link: number): { log: LogReader; origin: string } | undefined
  /** Registers a take in the session that `link` records into and returns its number; it starts now. */
  newTake(link: number, take: Pick<Take, 'kind' | 'name' | 'fromSeq' | 'toSeq'>): number
}

export interface ReplayPart extends Pick<EngineApi, 'planReplay' | 'startReplay' | 'controlReplay' | 'setReplaySpeed'> {
  /** A report of the page. */
  report(link: number, report: ReplayReport): void
  linkClosed(link: number): void
}
