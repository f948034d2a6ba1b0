import { FileBudget } from './budgets'

const NEWLINE = 10

/** Gets the lines of a file. */
export interface Lines {
  /** Gets a line without its newline; undefined when the line is longer than the budget or not UTF-8, as `why` says. */
  line(text: string | undefined, why: string): void
}

/** Cuts bytes into lines. It holds at most one line that is not whole, of at most `FileBudget.line` bytes. */
export class LineSplitter {
  private readonly decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  /** The beginning of a line whose newline has not come yet, in pieces. */
  private rest: Uint8Array[] = []
  /** Bytes of `rest`. */
  private waiting = 0
  /** The rest of a line that is too long is being skipped. */
  private skipping = false

  constructor(private readonly lines: Lines) {}

  /** Takes the next bytes, and passes on the lines that end in them. Throws what `lines.line` throws. */
  write(piece: Uint8Array): void {
    let from = 0
    if (this.skipping || this.waiting > 0) {
      const end = piece.indexOf(NEWLINE)
      this.keep(end < 0 ? piece : piece.subarray(0, end))
      if (end < 0) return
      this.endLine()
      from = end + 1
    }
    const last = piece.lastIndexOf(NEWLINE)
    if (last >= from) this.block(piece.subarray(from, last))
    if (last + 1 < piece.length) this.keep(piece.subarray(Math.max(from, last + 1)))
  }

  /** Ends the file, and passes on a last line without a newline. */
  end(): void {
    if (this.skipping || this.waiting > 0) this.endLine()
  }

  /** Keeps bytes of a line that is not whole. Skips the line from when it is longer than the budget. */
  private keep(bytes: Uint8Array): void {
    if (this.skipping) return
    this.waiting += bytes.length
    if (this.waiting > FileBudget.line) {
      this.skipping = true
      this.rest = []
      this.waiting = 0
      this.lines.line(undefined, `the line is longer than ${FileBudget.line >> 20} MB`)
    } else if (bytes.length > 0) this.rest.push(bytes.slice())
  }

  /** Passes on the line that was kept, to which nothing is to be added. */
  private endLine(): void {
    const { rest, waiting } = this
    this.rest = []
    this.waiting = 0
    if (this.skipping) this.skipping = false
    else this.decode(rest.length === 1 ? (rest[0] as Uint8Array) : joined(rest, waiting))
  }

  /** Passes on whole lines. They are decoded together, because decoding them one by one takes longer than reading them does. */
  private block(bytes: Uint8Array): void {
    let text: string
    try {
      text = this.decoder.decode(bytes)
    } catch {
      for (let from = 0; from <= bytes.length; ) {
        const end = bytes.indexOf(NEWLINE, from)
        this.decode(bytes.subarray(from, end < 0 ? bytes.length : end))
        from = end < 0 ? bytes.length + 1 : end + 1
      }
      return
    }
    for (let from = 0; from <= text.length; ) {
      const end = text.indexOf('\n', from)
      this.lines.line(text.slice(from, end < 0 ? text.length : end), '')
      from = end < 0 ? text.length + 1 : end + 1
    }
  }

  /** Passes on one line. */
  private decode(bytes: Uint8Array): void {
    let text: string | undefined
    try {
      text = this.decoder.decode(bytes)
    } catch {
      // `line` is called outside of this block, so that what it throws is not caught here.
    }
    this.lines.line(text, text === undefined ? 'it is not UTF-8' : '')
  }
}

function joined(pieces: Uint8Array[], length: number): Uint8Array {
  const all = new Uint8Array(length)
  let at = 0
  for (const piece of pieces) {
    all.set(piece, at)
    at += piece.length
  }
  return all
}
