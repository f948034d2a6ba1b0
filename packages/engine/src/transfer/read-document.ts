import { FileError } from './file-error'
import { EVENT_RAW, readPiece } from './json-piece'
import { SessionReader } from './read-session'
import type { SessionReaderOptions, SessionSink } from './session-parts'
import { LineSplitter } from './split-lines'

/**
 * Reads one `.json` session file as `SessionReader` does, and goes on behind damage between its events where `bad` lets it. Writers put
 * each event on a line of its own, so from there on every line that holds a whole event is read, and what lies between is left out:
 *
 *     {"id":…},⏎ {"id":…},⏎ {"id":… ▒▒▒ ⏎ {"id":…},⏎ {"id":…}⏎ ]
 *     └──── the document ────────┘ damage └──── lines ────────┘
 */
export class DocumentReader {
  private readonly reader: SessionReader
  /** Reads what comes behind the damage; undefined before there was any. */
  private lines: LineSplitter | undefined
  private bytes = 0

  constructor(
    private readonly sink: SessionSink,
    private readonly options: SessionReaderOptions,
  ) {
    this.reader = new SessionReader(sink, options)
  }

  /** Reads the next bytes. Throws FileError, or what `bad` throws. */
  write(piece: Uint8Array): void {
    if (this.lines) {
      this.lines.write(piece)
      return
    }
    const start = this.bytes
    this.bytes += piece.length
    try {
      this.reader.write(piece)
    } catch (error) {
      const { bad, pass } = this.options
      const goesOn = bad && pass !== 'head' && error instanceof FileError && !error.fatal && this.reader.isAmongEvents
      if (!goesOn) throw error
      bad(error)
      this.lines = new LineSplitter({ line: text => this.line(text) })
      this.lines.write(piece.subarray(Math.max(0, this.reader.failedAt - start)))
    }
  }

  /** Ends the file. Throws FileError when it is not complete. */
  end(): void {
    if (this.lines) this.lines.end()
    else this.reader.end()
  }

  private line(text: string | undefined): void {
    const json = text?.trim().replace(/,$/, '')
    if (!json?.startsWith('{')) return
    try {
      const value = readPiece(json, EVENT_RAW)
      if (typeof value === 'object' && value !== null && Object.hasOwn(value, 'id')) this.sink.event(value)
    } catch (error) {
      // A line behind the damage that is no event is part of the damage, and its event is in no list.
      if (error instanceof FileError && error.fatal) throw error
    }
  }
}
