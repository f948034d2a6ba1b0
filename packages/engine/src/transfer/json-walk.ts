import { FileBudget } from './budgets'
import { RawJson } from './value-builder'

const QUOTE = 34
const COMMA = 44
const COLON = 58
const OPEN_ARRAY = 91
const CLOSE_ARRAY = 93
const OPEN_OBJECT = 123
const CLOSE_OBJECT = 125

/** Which members of a value are kept as text, as a tree of keys. The key `*` stands for each element of an array. */
export interface RawMembers {
  [key: string]: RawMembers | 'raw'
}

/** What is wrong with a piece of text, and in which of its columns, counted from 1. */
export class PieceError extends Error {
  constructor(
    message: string,
    readonly column: number,
  ) {
    super(message)
  }
}

/**
 * Walks along text that is known to be JSON. It looks only at quotes, brackets, commas, colons and white space, and skips whatever lies
 * between them. On text that is not JSON its results mean nothing.
 */
export class JsonWalk {
  /** Index of the next character. */
  private at = 0
  /** White space was met between tokens since this was last set to false. */
  private spaces = false

  constructor(private readonly text: string) {}

  /** Whether an object begins here. */
  isObject(): boolean {
    this.skipSpaces()
    return this.code() === OPEN_OBJECT
  }

  /** Puts text in place of the members that `raw` names. `value` is the value that begins here, as `JSON.parse` made it. */
  attach(value: unknown, raw: RawMembers): void {
    this.skipSpaces()
    if (this.code() === OPEN_OBJECT) {
      this.members(key => {
        const inner = Object.hasOwn(raw, key) ? raw[key] : undefined
        this.visit(value as Record<string, unknown>, key, inner)
      })
    } else if (this.code() === OPEN_ARRAY) {
      let index = 0
      this.elements(() => this.visit(value as Record<number, unknown>, index++, raw['*']))
    } else this.skip()
  }

  private visit(parent: Record<string | number, unknown>, key: string | number, raw: RawMembers | 'raw' | undefined) {
    if (raw === 'raw') parent[key] = new RawJson(this.rawText(key))
    else if (raw) {
      const start = this.at
      const member = parent[key]
      // When a key comes twice, the tree has the last value, which may not be the one that begins here.
      if (fits(member, this.code())) this.attach(member, raw)
      if (this.at === start) this.skip()
    } else this.skip()
  }

  /** Calls `each` with every key of the object that begins here and the index of the key in the text. `each` must walk past the value. */
  members(each: (key: string, start: number) => void): void {
    this.inside(CLOSE_OBJECT, () => {
      const start = this.at
      this.string()
      const key = this.text.slice(start, this.at)
      this.skipSpaces()
      this.at++
      this.skipSpaces()
      each(key.includes('\\') ? (JSON.parse(key) as string) : key.slice(1, -1), start)
    })
  }

  private elements(each: () => void): void {
    this.inside(CLOSE_ARRAY, each)
  }

  /** Calls `each` at every member or element up to the closing bracket `end`. */
  private inside(end: number, each: () => void): void {
    this.at++
    for (;;) {
      this.skipSpaces()
      const code = this.code()
      if (code === end) break
      if (code === COMMA) {
        this.at++
        this.skipSpaces()
      }
      each()
    }
    this.at++
  }

  /** The text of the value that begins here, without white space between its tokens. Throws PieceError when it is too long. */
  private rawText(key: string | number): string {
    const start = this.at
    this.spaces = false
    this.skip()
    const length = this.at - start
    if (length > FileBudget.raw) {
      throw new PieceError(`${key} is longer than ${FileBudget.raw} characters`, start + 1)
    }
    const text = this.text.slice(start, this.at)
    return this.spaces ? compact(text) : text
  }

  /** Walks past the value that begins here. */
  skip(): void {
    let depth = 0
    do {
      const code = this.code()
      if (code === QUOTE) this.string()
      else if (code === OPEN_OBJECT || code === OPEN_ARRAY) {
        depth++
        this.at++
      } else if (code === CLOSE_OBJECT || code === CLOSE_ARRAY) {
        depth--
        this.at++
      } else if (code === COMMA || code === COLON) this.at++
      else if (code <= 32) {
        this.spaces = true
        this.at++
      } else this.word()
    } while (depth > 0)
  }

  private code(): number {
    return this.text.charCodeAt(this.at)
  }

  private skipSpaces(): void {
    while (this.code() <= 32) this.at++
  }

  private string(): void {
    this.at = endOfString(this.text, this.at) + 1
  }

  /** Walks past a number, `true`, `false` or `null`. */
  private word(): void {
    for (;;) {
      const code = this.code()
      if (Number.isNaN(code) || code <= 32 || code === COMMA || code === CLOSE_OBJECT || code === CLOSE_ARRAY) return
      this.at++
    }
  }
}

/** Whether `value` can be what begins with this character: an object or an array that was not kept as text yet. */
function fits(value: unknown, code: number): boolean {
  if (typeof value !== 'object' || value === null || value instanceof RawJson) return false
  return Array.isArray(value) ? code === OPEN_ARRAY : code === OPEN_OBJECT
}

/** JSON text without white space between its tokens. */
function compact(text: string): string {
  let out = ''
  let from = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === QUOTE) i = endOfString(text, i)
    else if (code <= 32) {
      out += text.slice(from, i)
      from = i + 1
    }
  }
  return out + text.slice(from)
}

/** Index of the quote that closes the string which begins at `start`; the text's last index when nothing closes it. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1)
  while (end > 0 && isEscaped(text, end)) end = text.indexOf('"', end + 1)
  return end < 0 ? text.length - 1 : end
}

/** Whether an odd number of backslashes stands before the character at `at`. */
function isEscaped(text: string, at: number): boolean {
  let slashes = 0
  while (text[at - 1 - slashes] === '\\') slashes++
  return slashes % 2 === 1
}

/** Index at which text, which need not be JSON, opens more than `most` levels of brackets; -1 when it never does. */
export function tooDeepAt(text: string, most: number): number {
  if (text.length <= most) return -1
  let depth = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === QUOTE) i = endOfString(text, i)
    else if (code === OPEN_OBJECT || code === OPEN_ARRAY) {
      if (++depth > most) return i
    } else if (code === CLOSE_OBJECT || code === CLOSE_ARRAY) depth--
  }
  return -1
}
