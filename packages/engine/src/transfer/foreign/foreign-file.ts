import { messageOf } from '@playhead/shared/values/message-of'
import { BadLine, FileError } from '../file-error'
import type { SessionSink } from '../session-parts'
import { LineSplitter } from '../split-lines'
import { ForeignSession } from './foreign-session'
import type { ForeignFormat, ForeignReader } from './format'
import { JsonItems } from './json-items'
import { withoutMark } from './outline'

export interface ForeignFileOptions {
  /** What the file is called, and epoch ms of its last change. */
  name: string
  modified: number
  /** Gets an item that cannot be taken in. Returns to go on behind it, or throws. */
  bad(error: FileError): void
}

/** Reads a file of another program from its bytes: `write` pieces of any size, then `end`, then `finish`. */
export class ForeignFile {
  private readonly session: ForeignSession
  private readonly reader: ForeignReader
  private readonly text: Pick<JsonItems, 'write' | 'end'>
  private line = 0

  constructor(
    private readonly format: ForeignFormat,
    sink: SessionSink,
    private readonly options: ForeignFileOptions,
  ) {
    this.session = new ForeignSession(format, sink, options, options.bad)
    this.reader = format.reader(this.session)
    this.text = format.items.length > 0 ? this.document(format) : this.lines()
  }

  /** What the user should know of what was read. */
  get warnings(): readonly string[] {
    return this.session.warnings
  }

  get isEmpty(): boolean {
    return this.session.isEmpty
  }

  /** Throws FileError, or what `bad` throws. */
  write(piece: Uint8Array): void {
    this.text.write(piece)
  }

  /** Ends the text. Throws FileError where it is not whole. */
  end(): void {
    this.text.end()
  }

  /** Hands over what waits, also where reading had to end early. Throws FileError where there was nothing. */
  finish(): void {
    this.reader.end?.()
    this.session.finish()
  }

  private document({ items, open }: ForeignFormat): Pick<JsonItems, 'write' | 'end'> {
    const found = new JsonItems(items, {
      item: (path, text) => this.item(path, text, found.where),
      bad: error => this.options.bad(error),
    })
    return {
      write: piece => found.write(piece),
      end: () => void (open && found.betweenItems ? undefined : found.end()),
    }
  }

  private lines(): Pick<JsonItems, 'write' | 'end'> {
    return new LineSplitter({
      line: (text, why) => {
        this.line++
        const where = `line ${this.line}, column 1`
        const json = text === undefined ? undefined : withoutMark(text)
        if (json === undefined) this.options.bad(new FileError(why, where))
        else if (json.trim() !== '') this.item([], json, where)
      },
    })
  }

  private item(path: readonly string[], text: string, where: string): void {
    try {
      this.reader.item(path, text)
    } catch (error) {
      if (error instanceof BadLine || (error instanceof FileError && error.fatal)) throw error
      this.options.bad(new FileError(messageOf(error).slice(0, 300), where || this.format.name))
    }
  }
}
