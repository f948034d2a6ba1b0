import type { SessionInfo } from '@playhead/shared/model/session'
import type { SessionImporter } from '../storage/import-writer'
import { nextTask } from '../tasks/next-task'
import { FileBudget } from './budgets'
import { Collector, type Pending } from './collector'
import { Cancelled, FileError } from './file-error'
import { kindOf, type SourceFile } from './file-kind'
import { missingBefore, orderParts } from './order-parts'
import { LineReader } from './read-lines'
import { SessionReader } from './read-session'
import { unpack } from './unpack'

/** ms of work after which others get their turn: ingest, the view, a click on Cancel. */
const SLICE = 8
/** Skipped lines that are told one by one. */
const TOLD = 3

export interface ImportTarget {
  /** The session of that id, if it is here already. */
  find(session: string): Promise<SessionInfo | undefined>
  open(session: SessionInfo): Promise<SessionImporter>
}

export interface ImportOptions {
  onDuplicate: 'ask' | 'replace' | 'copy'
  /** What a line does that cannot be taken in: ends the import undone, ends the file there, or is left out. */
  onBadLine: 'ask' | 'stop' | 'skip'
  /** Makes the id of a copy. */
  newId: () => string
  signal: AbortSignal
  /** Bytes of the files as they are, and unpacked. */
  progress: (done: { events: number; bytes: number; unpacked: number }) => void
}

export interface Imported {
  session: SessionInfo
  events: number
  warnings: string[]
}

/** Thrown where the user must say what to do with a session that is here already. */
export class DuplicateSession extends Error {
  constructor(readonly session: SessionInfo) {
    super('the session is here already')
  }
}

/** Thrown where the user must say what to do with lines that cannot be taken in. */
export class BadLine extends Error {
  constructor(
    readonly error: FileError,
    /** Taken in up to there. */
    readonly events: number,
  ) {
    super(error.message)
  }
}

/** The files of one session, in any order. Throws FileError, DuplicateSession or BadLine; then nothing was changed. */
export async function importSession(
  files: readonly SourceFile[],
  target: ImportTarget,
  options: ImportOptions,
): Promise<Imported> {
  const run = new Import(target, options)
  try {
    return await run.all(files)
  } catch (error) {
    await run.importer?.abort()
    throw error
  }
}

class Import {
  importer: SessionImporter | undefined
  private readonly pending: Pending = []
  private readonly sink = new Collector(this.pending)
  private readonly warnings: string[] = []
  private skipped = 0
  private count = 0
  private bytes = 0
  private unpacked = 0
  private sliceEnd = performance.now() + SLICE

  constructor(
    private readonly target: ImportTarget,
    private readonly options: ImportOptions,
  ) {}

  async all(files: readonly SourceFile[]): Promise<Imported> {
    const { sink } = this
    if (files.length > 1) {
      const { parts, session } = await orderParts(files, () => this.turn())
      sink.session(session)
      for (const [index, part] of parts.entries()) {
        if (part.missing && !this.goesOn(new FileError(part.missing, part.name))) break
        sink.beginPart(part.name)
        const place = { first: index === 0, last: index === parts.length - 1 }
        if (!(await this.lines(part, part.name, sink.info?.id, place))) break
      }
    } else {
      const [file] = files
      if (!file) throw new FileError('no file was given')
      if ((await kindOf(file)) === 'lines') await this.lines(file, '', undefined, { first: true, last: true })
      else await this.document(file)
    }
    sink.finish()
    if (!sink.info) throw new FileError('"session" is missing')
    this.importer ??= await this.begin(sink.info)
    await this.drain()
    await this.turn(true)
    const session = await this.importer.commit()
    if (this.skipped > TOLD) this.warnings.push(`${this.skipped - TOLD} more lines were skipped`)
    return { session, events: this.count, warnings: this.warnings }
  }

  private async document(file: SourceFile): Promise<void> {
    const reader = new SessionReader(this.sink)
    await this.read(file, piece => reader.write(piece))
    reader.end()
  }

  /** False: the import ends here, before the end of the file. */
  private async lines(
    file: SourceFile,
    name: string,
    session: string | undefined,
    is: { first: boolean; last: boolean },
  ): Promise<boolean> {
    const reader = new LineReader(this.sink, { name, session, bad: error => this.bad(error) })
    try {
      await this.read(file, piece => reader.write(piece))
      const odd = reader.end()
      if (odd && is.last) this.warnings.push(name ? `${name}: ${odd}` : odd)
      const before = is.first && missingBefore(reader.part)
      if (before) this.warnings.push(`${before}: the session begins with the one after`)
      return true
    } catch (error) {
      // What is behind damaged data cannot be skipped.
      const isDamage = error instanceof FileError && !error.fatal && this.sink.info !== undefined
      const line = error instanceof BadLine ? error.error : isDamage ? error : undefined
      if (!line) throw error
      return this.endsAt(line, name)
    }
  }

  /** True where the user wants what is behind something that is missing. */
  private goesOn(error: FileError): boolean {
    if (this.options.onBadLine !== 'skip') return this.endsAt(error)
    this.warnings.push(`${error.message} before ${error.where}: its events are shown as a gap`)
    return true
  }

  /** Throws BadLine where the user was not asked yet. */
  private endsAt(error: FileError, name = ''): false {
    if (this.options.onBadLine === 'ask') throw new BadLine(error, this.count + this.sink.waiting)
    this.warnings.push(`only what comes before ${error.where || name || 'the damage'} was imported: ${error.message}`)
    return false
  }

  private async read(file: SourceFile, write: (piece: Uint8Array) => void): Promise<void> {
    const before = this.bytes
    for await (const piece of unpack(file.blob, bytes => (this.bytes = before + bytes))) {
      write(piece)
      this.unpacked += piece.length
      const { sink } = this
      if (sink.info && !this.importer && (sink.eventsBegun || this.pending.length)) {
        this.importer = await this.begin(sink.info)
      }
      if (this.importer) await this.drain()
      await this.turn()
    }
  }

  private bad(error: FileError): void {
    if (this.options.onBadLine !== 'skip') throw new BadLine(error, 0)
    if (++this.skipped > FileBudget.badLines) {
      throw new FileError(
        `more than ${FileBudget.badLines} lines cannot be read, the last one: ${error.message}`,
        error.where,
        true,
      )
    }
    if (this.skipped <= TOLD) this.warnings.push(`skipped ${error.where}: ${error.message}`)
  }

  /** Lets others work where it is time, and ends the import where the user said so. */
  private async turn(now = false): Promise<void> {
    if (now || performance.now() >= this.sliceEnd) {
      this.options.progress({ events: this.count, bytes: this.bytes, unpacked: this.unpacked })
      await nextTask()
      this.sliceEnd = performance.now() + SLICE
    }
    if (this.options.signal.aborted) throw new Cancelled()
  }

  private async begin(session: SessionInfo): Promise<SessionImporter> {
    const { onDuplicate, newId } = this.options
    const here = await this.target.find(session.id)
    if (here && onDuplicate === 'ask') throw new DuplicateSession(here)
    const copy = here && onDuplicate === 'copy'
    return this.target.open(copy ? { ...session, id: newId(), name: `${session.name || 'session'} (copy)` } : session)
  }

  private async drain(): Promise<void> {
    const { importer, pending } = this
    if (!importer || pending.length === 0) return
    for (const item of pending.splice(0)) {
      if ('gap' in item) importer.gap(item.gap)
      else if ('keyframe' in item) importer.keyframe(item.keyframe)
      else if ('range' in item) importer.takeRange(item.range)
      else {
        await importer.batch(item)
        this.count += item.count
      }
    }
  }
}
