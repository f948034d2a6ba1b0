import { messageOf } from '@playhead/shared/values/message-of'
import { ulid } from 'ulid'
import type { Outcome } from '../contract/outcome'
import type {
  ExportedFile,
  ExportFormat,
  ImportOutcome,
  OnBadLine,
  OnDuplicate,
  TransferApi,
  TransferProgress,
} from '../contract/transfer'
import type { LogReader } from '../log/reader'
import type { SessionStore } from '../sessions/session-store'
import { EventChoice } from './event-choice'
import { exportSession, MEDIA_TYPES } from './export-session'
import { BadLine, FileError } from './file-error'
import type { SourceFile } from './file-kind'
import { fileName } from './file-name'
import { DuplicateSession, importSession } from './import-session'
import { PartFiles } from './part-files'
import { blobExports, type ExportFiles } from './sink'

/** ms between two notices of progress. */
const NOTICE = 100
const BUSY = 'another import or export is running'

export interface TransferDelegate {
  /** The log of a session; undefined when there is no such session. */
  open(session: string): Promise<LogReader | undefined>
  /** The events that a view has found when it is done; undefined when the view is gone, or is of another log. */
  matched(view: number, log: LogReader): Promise<Iterable<number> | undefined>
  /** The bytes of an artifact; undefined where they are not here. */
  artifact(ref: string): Promise<ArrayBuffer | undefined>
  /** Where imports go. */
  store: Pick<SessionStore, 'importer' | 'list'>
  /** Where exports go. */
  exports: ExportFiles
  /** Whether anything may be written to the disk; otherwise exported files are kept in blobs. */
  persistent: boolean
  /** Tells the panel how far the transfer is. */
  progress(progress: TransferProgress): void
  /** Tells that the catalogue of sessions changed. */
  sessionsChanged(): void
}

/** Runs exports and imports, one at a time: a second one is refused while the first runs. */
export class Transfers implements TransferApi {
  /** Cancels the transfer that runs; undefined when none does. */
  private running: AbortController | undefined
  private readonly files: ExportFiles

  constructor(private readonly delegate: TransferDelegate) {
    this.files = delegate.persistent ? delegate.exports : blobExports
    if (delegate.persistent) void delegate.exports.sweep()
  }

  /** An export or import runs. */
  get busy(): boolean {
    return this.running !== undefined
  }

  /** Writes a session into its files. The outcome is the files, or a message for the user. */
  async export(
    session: string,
    format: ExportFormat = { format: 'json', gzip: false },
  ): Promise<Outcome<ExportedFile & { events: number; parts: ExportedFile[] }>> {
    if (this.running) return { ok: false, message: BUSY }
    const { signal } = (this.running = new AbortController())
    const type = format.gzip ? 'application/gzip' : MEDIA_TYPES[format.format]
    try {
      const log = await this.delegate.open(session)
      if (!log) return { ok: false, message: 'the session is gone' }
      const chosen = await this.chosen(log, format)
      const report = this.reporter('export', {
        totalBytes: 0,
        totalEvents: chosen?.count ?? log.endSeq - log.firstSeq,
      })
      const files = new PartFiles(this.files, type, fileName(log.session, format), format)
      let events = 0
      try {
        events = await exportSession(log, format.format, files, {
          ...{ signal, chosen },
          part: format.part === undefined ? undefined : Math.max(1, format.part),
          artifacts: format.artifacts === false ? undefined : ref => this.delegate.artifact(ref),
          progress: done => report(done.events, files.bytes, done.text),
        })
        const parts = await files.finish()
        const [first] = parts as [ExportedFile]
        return { ok: true, value: { ...first, events, parts } }
      } catch (error) {
        await files.discard()
        throw error
      } finally {
        report(events, files.bytes, 0, true)
      }
    } catch (error) {
      return { ok: false, message: messageOf(error) }
    } finally {
      this.running = undefined
    }
  }

  /** The events that an export is to write; undefined: all. */
  private async chosen(log: LogReader, { only }: ExportFormat): Promise<EventChoice | undefined> {
    if (!only) return undefined
    const seqs = 'seqs' in only ? only.seqs : await this.delegate.matched(only.view, log)
    if (!seqs) throw new Error('the list has changed meanwhile: export again')
    return new EventChoice(log.firstSeq, log.endSeq, seqs)
  }

  /** Reads a session from its files. `name` is the name of a single file; the files of a list bring their own. */
  async import(
    file: Blob | readonly File[],
    name: string,
    onDuplicate: OnDuplicate,
    onBadLine: OnBadLine = 'ask',
  ): Promise<ImportOutcome> {
    if (this.running) return { ok: false, message: BUSY, where: '' }
    const { signal } = (this.running = new AbortController())
    const { store, sessionsChanged } = this.delegate
    const files: SourceFile[] = file instanceof Blob ? [{ name, blob: file }] : file.map(named)
    const totalBytes = files.reduce((sum, { blob }) => sum + blob.size, 0)
    const report = this.reporter('import', { totalBytes, totalEvents: 0 })
    try {
      const { session, events, warnings } = await importSession(
        files,
        {
          find: async id => (await store.list()).find(info => info.id === id),
          open: info => store.importer(info),
        },
        {
          onDuplicate,
          onBadLine,
          newId: ulid,
          signal,
          progress: ({ events, bytes, unpacked }) => report(events, bytes, unpacked),
        },
      )
      sessionsChanged()
      return { ok: true, session: session.id, events, warnings }
    } catch (error) {
      if (error instanceof DuplicateSession) return { ok: false, duplicate: error.session }
      if (error instanceof BadLine) {
        const { message, where } = error.error
        return { ok: false, badLine: { message, where, events: error.events } }
      }
      return { ok: false, message: messageOf(error), where: error instanceof FileError ? error.where : '' }
    } finally {
      this.running = undefined
      report(0, totalBytes, 0, true)
    }
  }

  /** Cancels the transfer that runs. */
  async cancel(): Promise<void> {
    this.running?.abort()
  }

  /** Deletes all exported files. */
  forget(): Promise<void> {
    return this.delegate.exports.forget()
  }

  /** Makes a function that tells the panel of progress, at most every 100 ms and once at the end (`done`). */
  private reporter(what: 'import' | 'export', totals: { totalBytes: number; totalEvents: number }) {
    const start = performance.now()
    let last = start
    return (events: number, bytes: number, text: number, done = false) => {
      const now = performance.now()
      if (!done && now - last < NOTICE) return
      last = now
      this.delegate.progress({ what, events, bytes, text, ...totals, elapsed: now - start, done })
    }
  }
}

const named = (file: File): SourceFile => ({ name: file.name, blob: file })
