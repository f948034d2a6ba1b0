import { messageOf } from '@playhead/shared/values/message-of'
import { TokenType } from '@streamparser/json'
import { FileBudget } from './budgets'
import { FileError } from './file-error'
import { checkFormat, checkVersion } from './file-version'
import { JsonGrammar } from './json-grammar'
import { EVENT_RAW, readPiece } from './json-piece'
import { type ArrayPlace, nextBoundary, splitItems } from './split-items'
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
/** Bytes of an event that is read at once; ours have at most a quarter of it. */
const AT_ONCE = 1 << 20
const NEWLINE = 10

/**
 * Reads one `.json` session file from its bytes, in constant memory. `write` pieces of any size, then `end`. Format and version must
 * come first; a newer version is refused before anything else is read.
 *
 * All but the events is read token by token. Events are read one at a time as long as they are as expected: from the first that is not,
 * token by token again, to say what is wrong and where.
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
  /** Bytes that the tokenizer has not seen. */
  private skipped = 0
  /** Between the events: where, and the bytes of one that is not whole. */
  private items: { place: ArrayPlace; rest: Uint8Array } | undefined
  private itemsDone = false
  private readonly decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  /** Of the piece being read: where it starts in the file, and the newlines before it. */
  private piece: Uint8Array = new Uint8Array()
  private pieceStart = 0
  private linesBefore = 1
  private columnBefore = 0

  constructor(private readonly sink: SessionSink) {
    this.tokenizer.onToken = ({ token, value, offset: seen }) => {
      const offset = seen + this.skipped
      this.lastOffset = offset
      if (this.failure) return
      try {
        this.token(token, value)
      } catch (error) {
        this.failure = this.place(error, offset)
      }
    }
    this.tokenizer.onError = error => {
      const { message, offset } = tokenizerError(error, this.lastOffset - this.skipped)
      this.failure ??= this.place(new FileError(message), offset + this.skipped)
    }
  }

  /** Throws FileError. */
  write(piece: Uint8Array): void {
    let at = 0
    while (at < piece.length && !this.items) {
      const end = this.itemsDone ? piece.length : nextBoundary(piece, at)
      this.writeTokens(piece.subarray(at, end))
      at = end
      this.items = this.itemsBegin()
    }
    if (at < piece.length && this.items) this.writeItems(piece.subarray(at), this.items)
  }

  private writeTokens(piece: Uint8Array): void {
    this.piece = piece
    this.tokenizer.write(piece)
    if (this.failure) throw this.failure
    this.read(piece)
    this.piece = new Uint8Array()
  }

  /** Counts what was read. */
  private read(bytes: Uint8Array): void {
    let line = 0
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, line)) {
      this.linesBefore++
      this.columnBefore = 0
      line = end + 1
    }
    this.columnBefore += bytes.length - line
    this.pieceStart += bytes.length
  }

  private itemsBegin(): typeof this.items {
    if (this.itemsDone || this.member !== 'events' || this.builder || this.grammar.depth !== 2) return undefined
    return { place: this.index === 0 ? 'begin' : 'after item', rest: new Uint8Array() }
  }

  private writeItems(piece: Uint8Array, items: NonNullable<typeof this.items>): void {
    const bytes = items.rest.length > 0 ? joined(items.rest, piece) : piece
    const { place, taken, stopped } = splitItems(bytes, items.place, item => this.takeItem(item))
    this.read(bytes.subarray(0, taken))
    this.skipped += taken
    items.place = place
    items.rest = bytes.slice(taken)
    if (stopped || items.rest.length > AT_ONCE) this.endItems(items)
  }

  /** False: the tokenizer shall have a look at it. */
  private takeItem(bytes: Uint8Array): boolean {
    if (this.index >= LISTS.events.max) return false
    try {
      this.sink.event(readPiece(this.decoder.decode(bytes), EVENT_RAW))
    } catch {
      return false
    }
    this.index++
    return true
  }

  /** The tokenizer goes on, with a grammar that knows what it did not see. */
  private endItems({ place, rest }: NonNullable<typeof this.items>): void {
    this.items = undefined
    this.itemsDone = true
    if (this.grammar.expectsFirst && place !== 'begin') this.grammar.next(TokenType.NULL)
    if (place === 'after comma') this.grammar.next(TokenType.COMMA)
    this.writeTokens(rest)
  }

  /** Throws FileError where the document is not complete. */
  end(): void {
    if (this.items) this.endItems(this.items)
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
    const message = messageOf(error)
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

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}
