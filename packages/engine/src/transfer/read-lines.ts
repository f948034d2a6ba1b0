import type { FileHeader } from '@playhead/shared/file/format'
import { messageOf } from '@playhead/shared/values/message-of'
import { FileBudget } from './budgets'
import { FileError } from './file-error'
import { checkFormat, checkVersion } from './file-version'
import { columnOf, EVENT_RAW, readPiece } from './json-piece'
import { PieceError, type RawMembers } from './json-walk'
import type { SessionSink } from './session-parts'
import { LineSplitter, type Lines } from './split-lines'

/** The members of a line that are kept as text. */
export const LINE_RAW: RawMembers = {
  ...EVENT_RAW,
  snapshot: { value: 'raw' },
  session: { marks: { '*': { data: 'raw' } } },
}

export interface LineReaderOptions {
  /** Goes before the place of an error when a session comes in several files; empty otherwise. */
  name: string
  /** Id that the header must have; undefined when any will do, and the header describes the session. */
  session?: string
  /** Is told of a line that cannot be taken in. It returns to skip the line, or throws to end the reading. */
  bad(error: FileError): void
}

/**
 * Reads one `.jsonl` file from its bytes, in constant memory: call `write` with pieces of any size, then `end`. The format is described in
 * `packages/shared/src/file/format.ts`. A file may be several that were joined: a later header is then one more line.
 */
export class LineReader implements Lines {
  private readonly splitter = new LineSplitter(this)
  /** Number of the line that is read, from 1. */
  private line_ = 0
  /** Session id of the first header; undefined until it was read. */
  private header: string | undefined
  private isBlank = true
  /** What was taken in. */
  private counts = { events: 0, snapshots: 0, gaps: 0 }
  /** Lines that could not be taken in, some of which may be events. */
  private refused = 0
  /** Events according to the last line, or the last lines of files that were joined; -1 when there was none. */
  private told = -1
  /** The member `part` of the first header, not checked. */
  part: unknown

  constructor(
    private readonly sink: SessionSink,
    private readonly options: LineReaderOptions,
  ) {}

  /** Reads the next bytes. Throws FileError, or what `bad` throws. */
  write(piece: Uint8Array): void {
    this.splitter.write(piece)
  }

  /** Ends the file. Returns a sentence that says what is odd about its end; empty when nothing is. Throws as `write` does. */
  end(): string {
    this.splitter.end()
    if (this.header === undefined)
      throw this.error(this.isBlank ? 'the file is empty' : 'the file has no header line', 1, true)
    if (this.told < 0) return 'the file has no last line: it may have been cut short'
    const missing = this.told - this.counts.events
    return missing >= 0 && missing <= this.refused
      ? ''
      : `its last line says ${this.told} events, ${this.counts.events} are there`
  }

  /** Called by the splitter for each line. */
  line(text: string | undefined, why: string): void {
    this.line_++
    const isFirst = this.header === undefined
    if (text === undefined) this.refuse(new PieceError(why, 1), isFirst)
    else if (text.trim() !== '') {
      this.isBlank = false
      try {
        // Parts that some program put together keep the marks of their beginnings.
        this.take(text.startsWith('\ufeff') ? text.slice(1) : text)
      } catch (error) {
        this.refuse(error, isFirst, text)
      }
    }
  }

  /** Reads a line by what it has: a header, an event, a snapshot, a gap or the end. Throws when it is none of these. */
  private take(text: string): void {
    const value = readPiece(text, LINE_RAW)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new PieceError('a line is one JSON object', 1)
    }
    const line: Record<string, unknown> = value as Record<string, unknown>
    const has = (key: string) => Object.hasOwn(line, key)
    if (this.header === undefined || has('format')) this.takeHeader(line)
    else if (has('id')) this.takePart('event', 'events', line)
    else if (has('snapshot')) this.takePart('snapshot', 'snapshots', line.snapshot)
    else if (has('gap')) this.takePart('gap', 'gaps', line.gap)
    else if (has('end')) {
      const events = Number((line.end as { events?: unknown } | null)?.events ?? -1)
      this.told = events < 0 ? -1 : Math.max(this.told, 0) + events
    } else throw new PieceError('it is no event (it has no id), snapshot or gap', 1)
  }

  private takeHeader(line: Record<string, unknown>): void {
    const { session, part } = checkHeader(line)
    const id = String((session as { id?: unknown } | null)?.id)
    const expected = this.header ?? this.options.session
    if (expected !== undefined && id !== expected) {
      throw new FileError(`it is of another session (${id.slice(0, 40)}, not ${expected})`, '', true)
    }
    if (expected === undefined) this.sink.session(session)
    if (this.header === undefined) this.part = part
    this.header = id
    const { artifacts } = line
    if (Array.isArray(artifacts)) for (const artifact of artifacts) this.sink.artifact(artifact)
  }

  /** Passes a part on, and counts it if the sink takes it. */
  private takePart(part: 'event' | 'snapshot' | 'gap', list: keyof typeof this.counts, value: unknown): void {
    if (++this.counts[list] > FileBudget[list]) throw new FileError(`more than ${FileBudget[list]} ${list}`, '', true)
    try {
      this.sink[part](value)
    } catch (error) {
      this.counts[list]--
      throw error
    }
  }

  /** Tells of a line that cannot be taken in. Throws when it is the header, or the error is not about one line only. */
  private refuse(cause: unknown, isFirst: boolean, text = ''): void {
    const message = messageOf(cause)
    const member = /^([A-Za-z]+)[.:]/.exec(message)?.[1]
    const column = cause instanceof PieceError ? cause.column : member ? columnOf(text, member) : 1
    const fatal = isFirst || (cause instanceof FileError && cause.fatal)
    const error = this.error(message, column, fatal)
    if (fatal) throw error
    this.refused++
    this.options.bad(error)
  }

  private error(message: string, column: number, fatal: boolean): FileError {
    const place = `line ${Math.max(1, this.line_)}, column ${column}`
    return new FileError(message, this.options.name ? `${this.options.name}, ${place}` : place, fatal)
  }
}

/** Checks that an object is the header of a file in a format and version that we read. Throws FileError when it is not. */
export function checkHeader(line: Record<string, unknown>): Pick<FileHeader, 'session' | 'part'> {
  if (!Object.hasOwn(line, 'format')) throw new FileError('the first line is no header: it has no "format"', '', true)
  checkFormat(line.format)
  checkVersion(line.version)
  if (!Object.hasOwn(line, 'session')) throw new FileError('"session" is missing', '', true)
  return line as unknown as FileHeader
}
