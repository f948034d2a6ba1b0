import { messageOf } from '@playhead/shared/values/message-of'
import { TokenType } from '@streamparser/json'
import { FileBudget } from './budgets'
import { BadLine, FileError } from './file-error'
import { checkFormat, checkVersion } from './file-version'
import { JsonGrammar } from './json-grammar'
import { EVENT_RAW, readPiece } from './json-piece'
import {
  checkOrder,
  Disordered,
  LISTS,
  SESSION_RAW,
  type SessionReaderOptions,
  type SessionSink,
} from './session-parts'
import { type ArrayPlace, nextBoundary, splitItems } from './split-items'
import { createTokenizer, tokenizerError } from './tokenizer'
import { ValueBuilder } from './value-builder'

/** Bytes of the longest event that is read as a whole; our own have at most a quarter of that. A longer one is read by tokens. */
const AT_ONCE = 1 << 20
const NEWLINE = 10

/**
 * Reads one `.json` session file from its bytes, in constant memory: call `write` with pieces of any size, then `end`. In one pass,
 * format and version must come first in the document; a newer version is refused before anything else is read.
 *
 *     { "format": …, "version": …, "session": {…}, "snapshots": […], "gaps": […], "events": [ {…}, {…}, {…}, … ] }
 *       └────────────────── token by token ──────────────────────────────────────────┘└─ one whole event at a time ─┘
 *
 * Token by token: bytes ─▶ tokenizer ─▶ JsonGrammar (may this token come here?) ─▶ ValueBuilder (makes one value) ─▶ sink. It bounds every
 * string and every level of nesting, and knows the line and column of an error, but it is slow.
 *
 * Whole events: splitItems finds the end of each object by its brackets, and readPiece reads it with the platform's parser. It cannot say
 * where an error is. So at the first event that cannot be read, that the sink refuses or that is longer than AT_ONCE, the tokenizer goes on
 * with the bytes of that very event, finds the same error, and says where it is. It then reads the rest of the file:
 *
 *     itemsBegin() ─▶ items ── event ── event ── event ── one that is odd, or `]` ──▶ endItems(): tokens again
 *                     `items.rest` has the bytes of an                                `skipped`: bytes that the tokenizer did not
 *                     event that is not whole yet                                     see, to be added to the offsets it tells
 */
export class SessionReader {
  private readonly tokenizer = createTokenizer()
  private readonly grammar = new JsonGrammar(FileBudget.depth)
  /** Makes the value that is being read token by token; undefined between values. */
  private builder: ValueBuilder | undefined
  /** The member of the document that is being read. */
  private member = ''
  /** The members met so far. */
  private readonly seen = new Set<string>()
  /** Items of the list `member` that were read. */
  private index = 0
  /** The first error that the tokenizer's callbacks met. It is thrown when the tokenizer has returned. */
  private failure: unknown
  /** Offset in the file, in bytes, at which the newest token began. */
  private lastOffset = 0
  /** Offset in the file, in bytes, of that error. */
  failedAt = 0
  /** What the document says of its place among others. */
  part: unknown
  /** The member `session` of a first pass, until its end. */
  private session: unknown
  /** Bytes of the file that the tokenizer did not see. */
  private skipped = 0
  /** Set while whole events are read: the place between them, and the bytes of an event that is not whole yet. */
  private items: { place: ArrayPlace; rest: Uint8Array } | undefined
  /** No more whole events are read. */
  private itemsDone = false
  private readonly decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  /** The bytes that the tokenizer is given now, and their offset in the file. */
  private piece: Uint8Array = new Uint8Array()
  private pieceStart = 0
  /** Line, from 1, and column, from 0, of the byte at `pieceStart`. */
  private linesBefore = 1
  private columnBefore = 0

  constructor(
    private readonly sink: SessionSink,
    private readonly options: SessionReaderOptions = {},
  ) {
    this.tokenizer.onToken = ({ token, value, offset: seen }) => {
      const offset = seen + this.skipped
      this.lastOffset = offset
      if (this.failure) return
      try {
        this.token(token, value)
      } catch (error) {
        this.fail(error, offset)
      }
    }
    this.tokenizer.onError = error => {
      const { message, offset } = tokenizerError(error, this.lastOffset - this.skipped)
      if (!this.failure) this.fail(new FileError(message), offset + this.skipped)
    }
  }

  /** The list of events has begun. */
  get isAmongEvents(): boolean {
    return this.member === 'events' && this.grammar.depth >= 2
  }

  /** Reads the next bytes. Throws FileError. */
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

  /** Moves the line and column past these bytes. */
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

  /** The place between events when the tokenizer stands there; undefined elsewhere, or when no more whole events are to be read. */
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

  /** Reads one event. Returns false when it cannot be taken in, so that the tokenizer finds out why. */
  private takeItem(bytes: Uint8Array): boolean {
    if (this.index >= LISTS.events.max) return false
    try {
      if (this.options.pass !== 'head') this.sink.event(readPiece(this.decoder.decode(bytes), EVENT_RAW))
    } catch {
      return false
    }
    this.index++
    return true
  }

  /** Hands over to the tokenizer. The grammar is told that the list has items, and of a comma, which the tokenizer did not see. */
  private endItems({ place, rest }: NonNullable<typeof this.items>): void {
    this.items = undefined
    this.itemsDone = true
    if (this.grammar.expectsFirst && place !== 'begin') this.grammar.next(TokenType.NULL)
    if (place === 'after comma') this.grammar.next(TokenType.COMMA)
    this.writeTokens(rest)
  }

  /** Ends the file. Throws FileError when the document is not complete. */
  end(): void {
    if (this.items) this.endItems(this.items)
    if (this.failure) throw this.failure
    const where = `line ${this.linesBefore}, column ${this.columnBefore + 1}`
    const { pass } = this.options
    const { complete } = this.grammar
    // Where the session is known, the second pass tells what the cut left.
    if (!complete && !(pass === 'head' && this.session)) {
      if (this.seen.size === 0 && this.grammar.depth === 0) throw new FileError('the file is empty', where, true)
      throw new FileError(`the file ends in the middle (${this.context()})`, where)
    }
    for (const part of complete ? ['format', 'version', 'session', 'events'] : ['format']) {
      if (!this.seen.has(part)) throw new FileError(`"${part}" is missing`, where)
    }
    if (pass === 'head') this.sink.session(this.session)
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

  /** Checks that a member may come here. */
  private startMember(name: string): void {
    this.member = name
    if (this.seen.has(name)) throw new FileError(`"${name}" comes twice`)
    if (!this.options.pass) checkOrder(name, this.seen)
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
    if (member === 'part') this.part = value
    if (member === 'session') this.takeSession(value)
    if (!(member in LISTS)) return
    if (this.options.pass !== 'head') this.takePart(LISTS[member as keyof typeof LISTS].part, value)
    this.index++
  }

  private takeSession(value: unknown): void {
    const { pass } = this.options
    if (pass === 'head') this.session = value
    else if (!pass) this.sink.session(value)
  }

  private takePart(part: 'snapshot' | 'gap' | 'event' | 'artifact', value: unknown): void {
    try {
      this.sink[part](value)
    } catch (error) {
      const { bad } = this.options
      if (!bad || (error instanceof FileError && error.fatal)) throw error
      bad(this.place(error, this.lastOffset))
      // What comes behind a bad event may be read as whole events again.
      this.itemsDone = false
    }
  }

  private fail(error: unknown, offset: number): void {
    this.failedAt = offset
    const placed = this.place(error, offset)
    if (error instanceof Disordered) this.failure = new Disordered(placed.message, placed.where)
    else this.failure = error instanceof BadLine ? error : placed
  }

  /** Where in the document the reader is, for messages. */
  private context(): string {
    return this.member in LISTS ? `${this.member}[${this.index}]` : this.member || 'before the first member'
  }

  /** The error with the line, the column and the path of the byte at `offset` of the file. */
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
