import { messageOf } from '@playhead/shared/values/message-of'
import { ulid } from 'ulid'
import { forgetExports, openDiskSink, sweepExports } from '../browser/opfs-sink'
import type { ExportFormat, ImportOutcome, OnBadLine, OnDuplicate, Outcome } from '../contract/engine'
import type { TransferHost, TransferPart } from '../parts'
import { exportSession, MEDIA_TYPES } from './export-session'
import { FileError } from './file-error'
import type { SourceFile } from './file-kind'
import { fileName } from './file-name'
import { BadLine, DuplicateSession, importSession } from './import-session'
import { BlobSink, GzipSink } from './sink'

/** ms between two notices of progress. */
const NOTICE = 100
const BUSY = 'another import or export is running'

/** Export and import, one at a time, cancellable. */
export function transfer(host: TransferHost): TransferPart {
  let running: AbortController | undefined
  if (host.persistent) void sweepExports()

  const reporter = (what: 'import' | 'export', totals: { totalBytes: number; totalEvents: number }) => {
    const start = performance.now()
    let last = start
    return (events: number, bytes: number, text: number, done = false) => {
      const now = performance.now()
      if (!done && now - last < NOTICE) return
      last = now
      host.progress({ what, events, bytes, text, ...totals, elapsed: now - start, done })
    }
  }

  async function exportFile(
    session: string,
    format: ExportFormat,
  ): Promise<Outcome<{ blob: Blob; name: string; events: number }>> {
    if (running) return { ok: false, message: BUSY }
    const { signal } = (running = new AbortController())
    const type = format.gzip ? 'application/gzip' : MEDIA_TYPES[format.format]
    try {
      const log = await host.open(session)
      if (!log) return { ok: false, message: 'the session is gone' }
      const report = reporter('export', { totalBytes: 0, totalEvents: log.endSeq - log.firstSeq })
      const file = (host.persistent ? await openDiskSink(type) : undefined) ?? new BlobSink(type)
      let bytes = 0
      const { write } = file
      file.write = async piece => {
        bytes += piece.length
        await write.call(file, piece)
      }
      const sink = format.gzip ? new GzipSink(file) : file
      let events = 0
      try {
        const progress = (done: { events: number; text: number }) => report(done.events, bytes, done.text)
        events = await exportSession(log, format.format, sink, { signal, progress })
        const blob = await sink.finish()
        return { ok: true, value: { blob, name: fileName(log.session, format), events } }
      } catch (error) {
        await sink.discard()
        throw error
      } finally {
        report(events, bytes, 0, true)
      }
    } catch (error) {
      return { ok: false, message: messageOf(error) }
    } finally {
      running = undefined
    }
  }

  async function importFiles(
    files: readonly SourceFile[],
    onDuplicate: OnDuplicate,
    onBadLine: OnBadLine,
  ): Promise<ImportOutcome> {
    if (running) return { ok: false, message: BUSY, where: '' }
    const { signal } = (running = new AbortController())
    const totalBytes = files.reduce((sum, file) => sum + file.blob.size, 0)
    const report = reporter('import', { totalBytes, totalEvents: 0 })
    try {
      const { session, events, warnings } = await importSession(
        files,
        {
          find: async id => (await host.store.list()).find(info => info.id === id),
          open: info => host.store.importer(info),
        },
        {
          onDuplicate,
          onBadLine,
          newId: ulid,
          signal,
          progress: ({ events, bytes, unpacked }) => report(events, bytes, unpacked),
        },
      )
      host.sessionsChanged()
      return { ok: true, session: session.id, events, warnings }
    } catch (error) {
      if (error instanceof DuplicateSession) return { ok: false, duplicate: error.session }
      if (error instanceof BadLine) {
        const { message, where } = error.error
        return { ok: false, badLine: { message, where, events: error.events } }
      }
      return { ok: false, message: messageOf(error), where: error instanceof FileError ? error.where : '' }
    } finally {
      running = undefined
      report(0, totalBytes, 0, true)
    }
  }

  return {
    exportSession: (session, format = { format: 'json', gzip: false }) => exportFile(session, format),
    importSession: (file, name, onDuplicate, onBadLine = 'ask') =>
      importFiles(
        file instanceof Blob ? [{ name, blob: file }] : file.map(blob => ({ name: blob.name, blob })),
        onDuplicate,
        onBadLine,
      ),
    async cancelTransfer() {
      running?.abort()
    },
    forget: forgetExports,
  }
}
