import { TokenType } from '@streamparser/json'
import { FileBudget } from './budgets'
import { FileError } from './file-error'
import type { Role } from './json-grammar'

/** Pieces of text that are gathered before they are joined to one string. */
const PIECES = 4096

type JsonTree = Record<string, unknown> | unknown[]

/** A value that is kept as JSON text: a payload, a state, a patch or the data of a mark. */
export class RawJson {
  constructor(readonly text: string) {}
}

/**
 * Builds one value from tokens. Members whose path (keys joined by `.`, array elements as `*`) is in `raw` are kept as `RawJson`, so that
 * what an app recorded is never turned into objects. Objects have no prototype, so that a key such as `__proto__` means nothing.
 */
export class ValueBuilder {
  /** The objects and arrays that are open, each with the key of its next member and how many it has. */
  private readonly stack: { tree: JsonTree; key: string; entries: number }[] = []
  /** The text of a member that is kept as text. Pieces are joined now and then: a string of many small ones takes many times its size. */
  private text = ''
  private pieces: string[] = []
  /** Characters of `text` and `pieces`. */
  private length = 0
  /** Brackets open in that member; -1 when no member is being kept as text. */
  private rawDepth = -1
  /** A comma that is to be written before the next token of that member. */
  private separator = ''
  /** The value, when `push` has returned true. */
  result: unknown

  constructor(private readonly raw: ReadonlySet<string>) {}

  /** Takes the next token, which the grammar allows. Returns true when the value is complete. Throws FileError past a budget. */
  push(role: Role, token: TokenType, value: unknown): boolean {
    if (this.rawDepth >= 0) return this.pushRaw(role, token, value)
    const top = this.stack.at(-1)
    if (role === 'key') {
      if (top) top.key = value as string
      if (this.raw.has(this.path())) this.startRaw()
    } else if (role === 'open') {
      this.stack.push({ tree: token === TokenType.LEFT_BRACE ? Object.create(null) : [], key: '*', entries: 0 })
    } else if (role === 'close') {
      this.stack.pop()
      return this.add(top?.tree)
    } else if (role === 'scalar') {
      return this.add(value)
    }
    return false
  }

  /** Path of the member that is read. */
  private path(): string {
    return this.stack.map(level => level.key).join('.')
  }

  /** Puts a complete value into the innermost object or array. Returns true when there is none, as it is the result then. */
  private add(value: unknown): boolean {
    const top = this.stack.at(-1)
    if (!top) {
      this.result = value
      return true
    }
    if (++top.entries > FileBudget.entries) throw new FileError(`more than ${FileBudget.entries} entries in one value`)
    if (Array.isArray(top.tree)) top.tree.push(value)
    else Object.defineProperty(top.tree, top.key, { value, enumerable: true, configurable: true, writable: true })
    return false
  }

  private startRaw(): void {
    this.rawDepth = 0
    this.text = ''
    this.pieces = []
    this.length = 0
    this.separator = ''
  }

  /** Takes a token of a member that is kept as text. */
  private pushRaw(role: Role, token: TokenType, value: unknown): boolean {
    if (role === 'punctuation') {
      if (token === TokenType.COMMA) this.separator = ','
      return false
    }
    if (role === 'close') {
      this.rawDepth--
      this.write(token === TokenType.RIGHT_BRACE ? '}' : ']')
    } else {
      if (this.separator) this.write(this.separator)
      if (role === 'open') {
        this.rawDepth++
        this.write(token === TokenType.LEFT_BRACE ? '{' : '[')
      } else if (role === 'key') this.write(`${JSON.stringify(value)}:`)
      else this.write(scalarText(value))
    }
    this.separator = ''
    if (this.rawDepth > 0 || role === 'key') return false
    this.rawDepth = -1
    return this.add(new RawJson(this.text + this.pieces.join('')))
  }

  private write(piece: string): void {
    this.length += piece.length
    if (this.length > FileBudget.raw) throw new FileError(`${this.path()} is longer than ${FileBudget.raw} characters`)
    if (this.pieces.push(piece) < PIECES) return
    this.text += this.pieces.join('')
    this.pieces = []
  }
}

/** A string, number, boolean or null as tagged JSON text. A number too large for JavaScript is an infinity, which JSON lacks. */
function scalarText(value: unknown): string {
  if (typeof value === 'number' && !Number.isFinite(value)) return `{"$ph":"number","v":"${value}"}`
  return Object.is(value, -0) ? '-0' : JSON.stringify(value)
}
