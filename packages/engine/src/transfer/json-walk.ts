import { FileBudget } from './budgets'
import { RawJson } from './value-builder'

const QUOTE = 34
const COMMA = 44
const COLON = 58
const OPEN_ARRAY = 91
const CLOSE_ARRAY = 93
const OPEN_OBJECT = 123
const CLOSE_OBJECT = 125

/** Members to be kept as text, as a tree of keys; `*`: each element of an array. */
export interface RawMembers {
  [key: string]: RawMembers | 'raw'
}

/** Thrown by `readPiece`; `column` counts from 1. */
export class PieceError extends Error {
  constructor(
    message: string,
    readonly column: number,
  ) {
    super(message)
  }
}

/** Goes over text that is JSON. */
export class JsonWalk {
  private at = 0
  private spaces = false

  constructor(private readonly text: string) {}

  isObject(): boolean {
    this.skipSpaces()
    return this.code() === OPEN_OBJECT
  }

  /** Replaces the members of `value`, which starts here, that `raw` names. */
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
      // Of a key that comes twice the last counts.
      if (fits(member, this.code())) this.attach(member, raw)
      if (this.at === start) this.skip()
    } else this.skip()
  }

  /** Calls with each key and where its value starts; `each` must go past the value. */
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

  /** Past the value that starts here. */
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

  /** A number, true, false or null. */
  private word(): void {
    for (;;) {
      const code = this.code()
      if (Number.isNaN(code) || code <= 32 || code === COMMA || code === CLOSE_OBJECT || code === CLOSE_ARRAY) return
      this.at++
    }
  }
}

function fits(value: unknown, code: number): boolean {
  if (typeof value !== 'object' || value === null || value instanceof RawJson) return false
  return Array.isArray(value) ? code === OPEN_ARRAY : code === OPEN_OBJECT
}

/** JSON without white space. */
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

/** Index of the closing quote; the last index where there is none. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1)
  while (end > 0 && isEscaped(text, end)) end = text.indexOf('"', end + 1)
  return end < 0 ? text.length - 1 : end
}

function isEscaped(text: string, at: number): boolean {
  let slashes = 0
  while (text[at - 1 - slashes] === '\\') slashes++
  return slashes % 2 === 1
}

/** Where text, JSON or not, opens more than `most` levels; -1: nowhere. */
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
