import type { SessionInfo } from '@playhead/shared/model/session'
import { sha256 } from '../artifacts/sha256'
import type { SessionImporter } from '../storage/import-writer'
import { nextTask } from '../tasks/next-task'
import { FileBudget } from './budgets'
import { Collector, type Pending } from './collector'
import { BadLine, Cancelled, FileError } from './file-error'
import { headOf, kindOf, type SourceFile } from './file-kind'
import { ForeignFile } from './foreign/foreign-file'
import type { ForeignFormat } from './foreign/format'
import { recognise } from './foreign/recognise'
import { missingBefore, orderParts } from './order-parts'
import { DocumentReader } from './read-document'
import { LineReader } from './read-lines'
import { Disordered } from './session-parts'
import { unpack } from './unpack'

/** ms of work after which other tasks of the thread get their turn: ingest, the view, a click on Cancel. */
const SLICE = 8
/** Skipped lines that get a warning each; the others are only counted. */
const TOLD = 3

/** Where a session is imported to. */
export interface ImportTarget {
  /** The session with this id, if it is here already. */
  find(session: string): Promise<SessionInfo | undefined>
  /** Begins an import, which becomes visible when it is committed. */
  open(session: SessionInfo): Promise<SessionImporter>
}

export interface ImportOptions {
  /** What happens when the session is here already: the import ends to ask the user, replaces the session, or makes a copy. */
  onDuplicate: 'ask' | 'replace' | 'copy'
  /** What happens at a line that cannot be taken in: the import ends to ask the user, keeps what comes before, or skips the line. */
  onBadLine: 'ask' | 'stop' | 'skip'
  /** Makes the id of a copy. */
  newId: () => string
  /** Ends the import with `Cancelled`. */
  signal: AbortSignal
  /** Is told after each slice of work how many events were taken in, and how many bytes were read: of the files, and unpacked. */
  progress: (done: { events: number; bytes: number; unpacked: number }) => void
}

export interface Imported {
  session: SessionInfo
  events: number
  /** Sentences for the user. */
  warnings: string[]
}

/** Thrown when the session is here already and the user must say what to do. */
export class DuplicateSession extends Error {
  constructor(readonly session: SessionInfo) {
    super('the session is here already')
  }
}

/**
 * Imports one session from its files, which may be given in any order, in constant memory:
 *
 *     file ─ unpack ─▶ bytes ─ SessionReader (.json) ─▶ parts ─ Collector ─▶ pending ─ SessionImporter ─▶ disk or memory
 *                              or LineReader (.jsonl)            checks them,           written as it comes,
 *                                                                makes batches          visible when committed
 *
 * Rejects with FileError, DuplicateSession, BadLine or Cancelled; nothing was changed then.
 */
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

/** One import under way. */
class Import {
  /** Undefined until the session's description was read. */
  importer: SessionImporter | undefined
  private readonly pending: Pending = []
  private readonly sink = new Collector(this.pending)
  private readonly warnings: string[] = []
  /** Lines that were skipped. */
  private skipped = 0
  /** Events that the importer took. */
  private count = 0
  /** Bytes read of the files, and bytes they unpacked to. */
  private bytes = 0
  private unpacked = 0
  private sliceEnd = performance.now() + SLICE

  constructor(
    private readonly target: ImportTarget,
    private readonly options: ImportOptions,
  ) {}

  /** Imports all files and commits. */
  async all(files: readonly SourceFile[]): Promise<Imported> {
    const { sink } = this
    if (files.length > 1) {
      const { parts, session } = await orderParts(files, () => this.turn())
      sink.session(session)
      for (const [index, part] of parts.entries()) {
        if (part.missing && !this.goesOn(new FileError(part.missing, part.name))) break
        sink.beginPart(part.name)
        const place = { first: index === 0, last: index === parts.length - 1 }
        if (part.isDocument) await this.pass(part, 'rest').catch(error => this.keepBefore(error, part.name))
        else if (!(await this.lines(part, part.name, sink.info?.id, place))) break
      }
    } else {
      const [file] = files
      if (!file) throw new FileError('no file was given')
      const format = recognise(await headOf(file.blob), file.name)
      if (format) await this.foreign(file, format)
      else if ((await kindOf(file)) === 'lines') await this.lines(file, '', undefined, { first: true, last: true })
      else await this.document(file)
    }
    sink.finish()
    if (!sink.info) throw new FileError('"session" is missing')
    this.importer ??= await this.begin(sink.info)
    await this.drain()
    await this.turn(true)
    const session = await this.importer.commit()
    const left = sink.artifactsLeftOut
    if (left > 0) this.warnings.push(`the bytes of ${left} artifact${left === 1 ? ' are' : 's are'} not in the file`)
    if (this.skipped > TOLD) this.warnings.push(`${this.skipped - TOLD} more lines were skipped`)
    return { session, events: this.count, warnings: this.warnings }
  }

  /** Reads a `.json` file, in two passes where its members come in an order that one does not allow. */
  private async document(file: SourceFile): Promise<void> {
    try {
      await this.pass(file)
    } catch (error) {
      if (!(error instanceof Disordered)) {
        this.keepBefore(error)
        return
      }
      await this.pass(file, 'head')
      await this.pass(file, 'rest').catch(error => this.keepBefore(error))
    }
  }

  private async pass(file: SourceFile, pass?: 'head' | 'rest'): Promise<void> {
    this.bytes = 0
    const reader = new DocumentReader(this.sink, { pass, bad: error => this.bad(error) })
    await this.read(file, piece => reader.write(piece))
    reader.end()
  }

  /** Reads a file of another program. What waits to be put in order is kept, too, where it cannot be read to its end. */
  private async foreign(file: SourceFile, format: ForeignFormat): Promise<void> {
    const { name, blob } = file
    const modified = blob instanceof File ? blob.lastModified : Date.now()
    const reader = new ForeignFile(format, this.sink, { name, modified, bad: error => this.bad(error) })
    let damage: unknown
    try {
      await this.read(file, piece => reader.write(piece))
      reader.end()
    } catch (error) {
      const isDamage = error instanceof BadLine || (error instanceof FileError && !error.fatal)
      if (!isDamage) throw error
      damage = error
    }
    if (!damage || !reader.isEmpty) reader.finish()
    this.warnings.push(...reader.warnings)
    if (damage) this.keepBefore(damage)
  }

  /** Reads a `.jsonl` file. Resolves with false when the import is to end before the file does, and keep what was read. */
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
      return this.keepBefore(error, name)
    }
  }

  /**
   * Ends the import at what `error` is about, and keeps what comes before. Damage that cannot be skipped, as of compressed data or at the
   * end of a file that was cut, is such an error, too. Throws errors of another kind again, and BadLine when the user was not asked.
   */
  private keepBefore(error: unknown, name = ''): false {
    const isDamage = error instanceof FileError && !error.fatal && this.sink.info !== undefined
    const line = error instanceof BadLine ? error.error : isDamage ? error : undefined
    if (!line) throw error
    return this.endsAt(line, name)
  }

  /** Whether the import goes on behind a missing file, as the user said. Throws BadLine when the user was not asked. */
  private goesOn(error: FileError): boolean {
    if (this.options.onBadLine !== 'skip') return this.endsAt(error)
    this.warnings.push(`${error.message} before ${error.where}: its events are shown as a gap`)
    return true
  }

  /** Ends the import at an error and keeps what comes before. Throws BadLine when the user was not asked. */
  private endsAt(error: FileError, name = ''): false {
    if (this.options.onBadLine === 'ask') throw new BadLine(error, this.count + this.sink.waiting)
    this.warnings.push(`only what comes before ${error.where || name || 'the damage'} was imported: ${error.message}`)
    return false
  }

  /** Passes a file's bytes to `write`, and what comes of them to the importer. */
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

  /** Skips a line. Throws BadLine when the user did not ask for that. */
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

  /** Lets other tasks have their turn when a slice of work is over, or `now`. Throws Cancelled when the user cancelled. */
  private async turn(now = false): Promise<void> {
    if (now || performance.now() >= this.sliceEnd) {
      this.options.progress({ events: this.count, bytes: this.bytes, unpacked: this.unpacked })
      await nextTask()
      this.sliceEnd = performance.now() + SLICE
    }
    if (this.options.signal.aborted) throw new Cancelled()
  }

  /** Begins to store the session. Throws DuplicateSession when it is here already and the user was not asked. */
  private async begin(session: SessionInfo): Promise<SessionImporter> {
    const { onDuplicate, newId } = this.options
    const here = await this.target.find(session.id)
    if (here && onDuplicate === 'ask') throw new DuplicateSession(here)
    const copy = here && onDuplicate === 'copy'
    return this.target.open(copy ? { ...session, id: newId(), name: `${session.name || 'session'} (copy)` } : session)
  }

  /** Gives the importer what was read. */
  private async artifact(
    importer: SessionImporter,
    { ref, bytes }: { ref: string; bytes: Uint8Array<ArrayBuffer> },
  ): Promise<void> {
    if ((await sha256(bytes)) !== ref) this.warnings.push(`an artifact is not the one that its session names: ${ref}`)
    else if (!(await importer.artifact(ref, bytes.buffer)))
      this.warnings.push(`there is no room for an artifact: ${ref}`)
  }

  private async drain(): Promise<void> {
    const { importer, pending } = this
    if (!importer || pending.length === 0) return
    for (const item of pending.splice(0)) {
      if ('gap' in item) importer.gap(item.gap)
      else if ('artifact' in item) await this.artifact(importer, item.artifact)
      else if ('keyframe' in item) importer.keyframe(item.keyframe)
      else if ('range' in item) importer.takeRange(item.range)
      else {
        await importer.batch(item)
        this.count += item.count
      }
    }
  }
}
