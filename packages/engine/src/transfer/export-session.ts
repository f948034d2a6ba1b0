import type { ExportFormat } from '../contract/transfer'
import type { LogReader } from '../log/reader'
import { nextTask } from '../tasks/next-task'
import { Cancelled } from './file-error'
import type { PartFiles } from './part-files'
import { writeCsv } from './write-csv'
import { type FilePiece, type WriteOptions, writeJson } from './write-json'
import { writeLines } from './write-lines'

/** Characters of text that are given to the compressor at a time. They take at most three times as many bytes, some ms of its work. */
const PIECE = 128 << 10
/** ms of work after which other tasks of the thread get their turn. */
const SLICE = 8

type Writer = (log: LogReader, options: WriteOptions) => AsyncGenerator<FilePiece>
const WRITERS: Record<ExportFormat['format'], Writer> = {
  json: writeJson,
  jsonl: writeLines,
  csv: writeCsv,
}

export const MEDIA_TYPES: Record<ExportFormat['format'], string> = {
  json: 'application/json',
  jsonl: 'application/jsonl',
  csv: 'text/csv',
}

export interface ExportOptions extends WriteOptions {
  /** Ends the export with `Cancelled`. */
  signal: AbortSignal
  /** Is told after each slice of work how many events, and bytes of uncompressed text, were written so far. */
  progress: (done: { events: number; text: number }) => void
}

/**
 * Writes the visible events of a session into its files, in constant memory, and resolves with the number of events. When it rejects, the
 * caller must discard the files.
 */
export async function exportSession(
  log: LogReader,
  format: ExportFormat['format'],
  files: Pick<PartFiles, 'write' | 'endPart'>,
  { signal, progress, ...options }: ExportOptions,
): Promise<number> {
  const encoder = new TextEncoder()
  let events = 0
  let text = 0
  let sliceEnd = performance.now() + SLICE
  for await (const piece of WRITERS[format](log, options)) {
    events += piece.events
    for (let from = 0; from < piece.text.length; ) {
      const to = endOf(piece.text, from + PIECE)
      const bytes = encoder.encode(from === 0 && to === piece.text.length ? piece.text : piece.text.slice(from, to))
      await files.write(bytes)
      text += bytes.length
      from = to
      if (performance.now() >= sliceEnd) {
        progress({ events, text })
        await nextTask()
        sliceEnd = performance.now() + SLICE
      }
      if (signal.aborted) throw new Cancelled()
    }
    if (piece.endsPart) await files.endPart()
    if (performance.now() >= sliceEnd) {
      await nextTask()
      sliceEnd = performance.now() + SLICE
    }
    if (signal.aborted) throw new Cancelled()
  }
  return events
}

/** The index `at`, or one more where it would cut a surrogate pair in two; at most the length of the text. */
function endOf(text: string, at: number): number {
  const before = text.charCodeAt(at - 1)
  return at < text.length && before >= 0xd800 && before < 0xdc00 ? at + 1 : Math.min(at, text.length)
}
