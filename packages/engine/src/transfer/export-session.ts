import type { ExportFormat } from '../contract/transfer'
import type { LogReader } from '../log/reader'
import { nextTask } from '../tasks/next-task'
import { Cancelled } from './file-error'
import type { Sink } from './sink'
import { writeCsv } from './write-csv'
import { type FilePiece, writeJson } from './write-json'
import { writeLines } from './write-lines'

/** Characters of text given to the compressor at a time, bytes at most three times as many: some ms of its work. */
const PIECE = 128 << 10
/** ms of work after which others get their turn. */
const SLICE = 8

const WRITERS: Record<ExportFormat['format'], (log: LogReader) => AsyncGenerator<FilePiece>> = {
  json: writeJson,
  jsonl: writeLines,
  csv: writeCsv,
}

export const MEDIA_TYPES: Record<ExportFormat['format'], string> = {
  json: 'application/json',
  jsonl: 'application/jsonl',
  csv: 'text/csv',
}

export interface ExportOptions {
  signal: AbortSignal
  /** Bytes of text. */
  progress: (done: { events: number; text: number }) => void
}

/** Writes what is visible of a session, in memory that does not grow with it. The caller discards the sink where this throws. */
export async function exportSession(
  log: LogReader,
  format: ExportFormat['format'],
  sink: Sink,
  { signal, progress }: ExportOptions,
): Promise<number> {
  const encoder = new TextEncoder()
  let events = 0
  let text = 0
  let sliceEnd = performance.now() + SLICE
  for await (const piece of WRITERS[format](log)) {
    events += piece.events
    for (let from = 0; from < piece.text.length; ) {
      const to = endOf(piece.text, from + PIECE)
      const bytes = encoder.encode(from === 0 && to === piece.text.length ? piece.text : piece.text.slice(from, to))
      await sink.write(bytes)
      text += bytes.length
      from = to
      if (performance.now() >= sliceEnd) {
        progress({ events, text })
        await nextTask()
        sliceEnd = performance.now() + SLICE
      }
      if (signal.aborted) throw new Cancelled()
    }
    if (performance.now() >= sliceEnd) {
      await nextTask()
      sliceEnd = performance.now() + SLICE
    }
    if (signal.aborted) throw new Cancelled()
  }
  return events
}

/** Never between the two halves of a character. */
function endOf(text: string, at: number): number {
  const before = text.charCodeAt(at - 1)
  return at < text.length && before >= 0xd800 && before < 0xdc00 ? at + 1 : Math.min(at, text.length)
}
