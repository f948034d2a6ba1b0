import { ulid } from 'ulid'
import type { ImportOutcome, Outcome } from '../contract'
import type { TransferHost, TransferPart } from '../parts'
import { fileName } from './file-name'
import { DuplicateSession, importSession } from './import-session'
import { FileError } from './json-grammar'
import { writeSession } from './write-session'

/** Characters gathered before they become a blob, which the browser may keep on disk. */
const PIECE = 4 << 20
/** ms between two notices of progress. */
const NOTICE = 100
const BUSY = 'another import or export is running'

/** Export and import, one at a time, cancellable. */
export function transfer(host: TransferHost): TransferPart {
  let running: AbortController | undefined

  const reporter = (what: 'import' | 'export', totalBytes: number) => {
    let last = 0
    return (events: number, bytes: number, done = false) => {
      const now = performance.now()
      if (!done && now - last < NOTICE) return
      last = now
      host.progress({ what, events, bytes, totalBytes, done })
    }
  }

  async function exportSession(session: string): Promise<Outcome<{ blob: Blob; name: string; events: number }>> {
    if (running) return { ok: false, message: BUSY }
    const { signal } = (running = new AbortController())
    try {
      const log = await host.open(session)
      if (!log) return { ok: false, message: 'the session is gone' }
      const report = reporter('export', log.session.bytes)
      const pieces: Blob[] = []
      let text: string[] = []
      let waiting = 0
      let events = 0
      let bytes = 0
      const seal = () => {
        const piece = new Blob(text)
        pieces.push(piece)
        bytes += piece.size
        text = []
        waiting = 0
      }
      try {
        for await (const piece of writeSession(log)) {
          if (signal.aborted) return { ok: false, message: 'cancelled' }
          text.push(piece.text)
          waiting += piece.text.length
          events += piece.events
          if (waiting >= PIECE) seal()
          report(events, bytes)
          await nextTask()
        }
        seal()
      } finally {
        report(events, bytes, true)
      }
      const blob = new Blob(pieces, { type: 'application/json' })
      return { ok: true, value: { blob, name: fileName(log.session), events } }
    } catch (error) {
      return { ok: false, message: textOf(error) }
    } finally {
      running = undefined
    }
  }

  async function importFile(file: Blob, onDuplicate: 'ask' | 'replace' | 'copy'): Promise<ImportOutcome> {
    if (running) return { ok: false, message: BUSY, where: '' }
    const { signal } = (running = new AbortController())
    const report = reporter('import', file.size)
    try {
      const { session, events } = await importSession(
        file,
        {
          find: async id => (await host.store.list()).find(info => info.id === id),
          open: info => host.store.importer(info),
        },
        {
          onDuplicate,
          newId: ulid,
          signal,
          progress: ({ events, bytes }) => report(events, bytes),
        },
      )
      host.sessionsChanged()
      return { ok: true, session: session.id, events, warnings: [] }
    } catch (error) {
      if (error instanceof DuplicateSession) return { ok: false, duplicate: error.session }
      return { ok: false, message: textOf(error), where: error instanceof FileError ? error.where : '' }
    } finally {
      running = undefined
      report(0, file.size, true)
    }
  }

  return {
    exportSession,
    importSession: (file, _name, onDuplicate) => importFile(file, onDuplicate),
    async cancelTransfer() {
      running?.abort()
    },
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** Lets the worker take in what arrived meanwhile. */
function nextTask(): Promise<void> {
  return new Promise(resolve => setTimeout(resolve))
}
