import { TokenType } from '@streamparser/json'
import { FileBudget } from './budgets'
import { FileError } from './file-error'
import { checkFormat, checkVersion } from './file-version'
import { JsonGrammar } from './json-grammar'
import { createTokenizer, tokenizerError } from './tokenizer'
import { ValueBuilder } from './value-builder'

/** Gets the parts of a session file in the order of the document. What it throws ends the reading, with the place added. */
export interface SessionSink {
  session(value: unknown): void
  snapshot(value: unknown): void
  gap(value: unknown): void
  event(value: unknown): void
}

const LISTS = {
  snapshots: { part: 'snapshot', raw: new Set(['value']), max: FileBudget.snapshots },
  gaps: { part: 'gap', raw: new Set<string>(), max: FileBudget.gaps },
  events: { part: 'event', raw: new Set(['payload', 'patches.*.patch']), max: FileBudget.events },
} as const
const SESSION_RAW = new Set(['marks.*.data'])

/**
 * Reads one `.json` session file from its bytes, in constant memory. `write` pieces of any size, then `end`. Format and version must
 * come first; a newer version is refused before anything else is read.
 */
export class SessionReader {
  private readonly tokenizer = createTokenizer()
  private readonly grammar = new JsonGrammar(FileBudget.depth)
  private builder: ValueBuilder | undefined
  private member = ''
  private readonly seen = new Set<string>()
  private index = 0
  private failure: unknown
  /** Where in the file the newest token began. */
  private lastOffset = 0
  /** Of the piece being written: where it starts in the file, and the newlines before it. */
  private piece: Uint8Array = new Uint8Array()
  private pieceStart = 0
  private linesBefore = 1
  private columnBefore = 0

  constructor(private readonly sink: SessionSink) {
    this.tokenizer.onToken = ({ token, value, offset }) => {
      this.lastOffset = offset
      if (this.failure) return
      try {
        this.token(token, value)
      } catch (error) {
        this.failure = this.place(error, offset)
      }
    }
    this.tokenizer.onError = error => {
      const { message, offset } = tokenizerError(error, this.lastOffset)
      this.failure ??= this.place(new FileError(message), offset)
    }
  }

  /** Throws FileError. */
  write(piece: Uint8Array): void {
    this.piece = piece
    this.tokenizer.write(piece)
    if (this.failure) throw this.failure
    for (const byte of piece) {
      this.columnBefore++
      if (byte === 10) {
        this.linesBefore++
        this.columnBefore = 0
      }
    }
    this.pieceStart += piece.length
    this.piece = new Uint8Array()
  }

  /** Throws FileError where the document is not complete. */
  end(): void {
    if (this.failure) throw this.failure
    const where = `line ${this.linesBefore}, column ${this.columnBefore + 1}`
    if (!this.grammar.complete) throw new FileError(`the file ends in the middle (${this.context()})`, where)
    for (const part of ['format', 'version', 'session', 'events']) {
      if (!this.seen.has(part)) throw new FileError(`"${part}" is missing`, where)
    }
  }

  private token(token: TokenType, value: unknown): void {
    const depth = this.grammar.depth
    const role = this.grammar.next(token)
    if (this.builder) {
      if (this.builder.push(role, token, value)) this.finish(this.builder.result)
      return
    }
    if (depth === 0) {
      if (token !== TokenType.LEFT_BRACE) throw new FileError('a session file is one JSON object')
    } else if (depth === 1 && role === 'key') this.startMember(value as string)
    else if (depth === 1 && (role === 'open' || role === 'scalar')) this.startValue(role, token, value)
    else if (depth === 2 && (role === 'open' || role === 'scalar')) this.startItem(role, token, value)
  }

  private startMember(name: string): void {
    this.member = name
    if (this.seen.has(name)) throw new FileError(`"${name}" comes twice`)
    if (name !== 'format' && !this.seen.has('format'))
      throw new FileError('not a session file: "format" must come first')
    if (name !== 'format' && name !== 'version' && !this.seen.has('version')) {
      throw new FileError('"version" must come right after "format"')
    }
    if (name in LISTS && !this.seen.has('session')) throw new FileError(`"session" must come before "${name}"`)
    this.seen.add(name)
    this.index = 0
  }

  private startValue(role: 'open' | 'scalar', token: TokenType, value: unknown): void {
    if (this.member in LISTS) {
      if (token !== TokenType.LEFT_BRACKET) throw new FileError(`"${this.member}" must be a list`)
      return
    }
    this.start(new ValueBuilder(this.member === 'session' ? SESSION_RAW : new Set()), role, token, value)
  }

  private startItem(role: 'open' | 'scalar', token: TokenType, value: unknown): void {
    const list = LISTS[this.member as keyof typeof LISTS]
    if (this.index >= list.max) throw new FileError(`more than ${list.max} ${this.member}`)
    this.start(new ValueBuilder(list.raw), role, token, value)
  }

  private start(builder: ValueBuilder, role: 'open' | 'scalar', token: TokenType, value: unknown): void {
    this.builder = builder
    if (builder.push(role, token, value)) this.finish(builder.result)
  }

  private finish(value: unknown): void {
    this.builder = undefined
    const { member } = this
    if (member === 'format') checkFormat(value)
    if (member === 'version') checkVersion(value)
    if (member === 'session') this.sink.session(value)
    if (!(member in LISTS)) return
    this.sink[LISTS[member as keyof typeof LISTS].part](value)
    this.index++
  }

  private context(): string {
    return this.member in LISTS ? `${this.member}[${this.index}]` : this.member || 'before the first member'
  }

  private place(error: unknown, offset: number): FileError {
    const message = error instanceof Error ? error.message : String(error)
    let line = this.linesBefore
    let column = this.columnBefore
    const end = Math.max(0, Math.min(this.piece.length, offset - this.pieceStart))
    for (let i = 0; i < end; i++) {
      column++
      if (this.piece[i] === 10) {
        line++
        column = 0
      }
    }
    const inside = error instanceof FileError && error.where ? `, ${error.where}` : ''
    return new FileError(message, `line ${line}, column ${column + 1} (${this.context()}${inside})`)
  }
}
