import { FileBudget } from '../budgets'
import { FileError } from '../file-error'

const [TAB, NEWLINE, RETURN, SPACE, QUOTE, COMMA, COLON] = [9, 10, 13, 32, 34, 44, 58] as const
const [OPEN_ARRAY, BACKSLASH, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [91, 92, 93, 123, 125] as const
/** Bytes of a key. */
const KEY = 64 << 10

export interface ItemSink {
  item(path: readonly string[], text: string): void
  /** An item that is too long or no UTF-8. Returns to go on behind it, or throws. */
  bad(error: FileError): void
}

interface Frame {
  isArray: boolean
  key: string
  index: number
}

/** The value, key or word that is being passed: where it ends depends on what it begins with. */
interface Passing {
  is: 'string' | 'word' | 'container'
  use: 'key' | 'item' | 'nothing'
  depth: number
  inString: boolean
  escaped: boolean
  pieces: Uint8Array[]
  length: number
}

/**
 * Finds the values of a JSON document that stand at given paths, in its bytes, and hands each over as text. Holds one of them at most.
 * Everything else is passed by: its brackets are counted, not its grammar checked.
 */
export class JsonItems {
  private readonly stack: Frame[] = []
  private expect: 'value' | 'value or end' | 'key' | 'key or end' | 'colon' | 'comma or end' | 'end' = 'value'
  private passing: Passing | undefined
  private readonly decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

  /** `paths` are keys; `*` stands for any element of a list, `{}` for any key of an object. */
  constructor(
    private readonly paths: readonly (readonly string[])[],
    private readonly sink: ItemSink,
  ) {}

  /** Nothing is missing. */
  get complete(): boolean {
    return this.expect === 'end' || (this.passing?.is === 'word' && this.stack.length === 0)
  }

  /** Inside lists and objects only, not inside an item. */
  get betweenItems(): boolean {
    return this.passing === undefined && this.stack.length > 0
  }

  get where(): string {
    return this.stack.map(({ isArray, key, index }, at) => (isArray ? `[${index}]` : `${at ? '.' : ''}${key}`)).join('')
  }

  write(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) at = this.passing ? this.pass(this.passing, bytes, at) : this.next(bytes, at)
  }

  private next(bytes: Uint8Array, at: number): number {
    const byte = bytes[at] as number
    if (byte === SPACE || byte === NEWLINE || byte === RETURN || byte === TAB) return at + 1
    const { expect } = this
    const top = this.stack.at(-1)
    if (top && expect.endsWith('or end') && byte === (top.isArray ? CLOSE_ARRAY : CLOSE_OBJECT)) {
      this.stack.pop()
      this.afterValue()
      return at + 1
    }
    if (expect === 'colon' && byte === COLON) this.expect = 'value'
    else if (top && expect === 'comma or end' && byte === COMMA) {
      this.expect = top.isArray ? 'value' : 'key'
      top.index++
    } else if (expect.startsWith('key') && byte === QUOTE) this.begin('string', 'key')
    else if (expect.startsWith('value')) return this.beginValue(byte, at)
    else throw new FileError(`not JSON: expected ${expect}, found ${shown(byte)}`, this.where)
    return at + 1
  }

  private beginValue(byte: number, at: number): number {
    const { length } = this.stack
    const use = this.paths.some(wanted => wanted.length === length && fits(wanted, this.stack)) ? 'item' : 'nothing'
    if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
      const leads = use === 'nothing' && this.paths.some(wanted => wanted.length > length && fits(wanted, this.stack))
      if (!leads) {
        this.begin('container', use)
        return at
      }
      if (this.stack.length >= FileBudget.depth)
        throw new FileError(`nested deeper than ${FileBudget.depth}`, this.where)
      this.stack.push({ isArray: byte === OPEN_ARRAY, key: '', index: 0 })
      this.expect = byte === OPEN_ARRAY ? 'value or end' : 'key or end'
      return at + 1
    }
    if (!isScalarStart(byte)) throw new FileError(`not JSON: expected a value, found ${shown(byte)}`, this.where)
    this.begin(byte === QUOTE ? 'string' : 'word', use)
    if (byte !== QUOTE) return at
    this.keep(new Uint8Array([QUOTE]))
    return at + 1
  }

  private begin(is: Passing['is'], use: Passing['use']): void {
    this.passing = { is, use, depth: 0, inString: false, escaped: false, pieces: [], length: 0 }
    if (use === 'key') this.keep(new Uint8Array([QUOTE]))
  }

  /** Returns where the bytes go on behind the value, or their length where it does not end in them. */
  private pass(passing: Passing, bytes: Uint8Array, from: number): number {
    const end = endOf(passing, bytes, from)
    this.keep(bytes.subarray(from, end < 0 ? bytes.length : end))
    if (end < 0) return bytes.length
    this.passing = undefined
    if (passing.use === 'key') {
      const top = this.stack.at(-1)
      if (top) top.key = this.keyOf(passing)
      this.expect = 'colon'
    } else {
      if (passing.use === 'item') this.deliver(passing)
      this.afterValue()
    }
    return end
  }

  private keep(bytes: Uint8Array): void {
    const { passing } = this
    if (!passing || passing.use === 'nothing') return
    passing.length += bytes.length
    if (passing.use === 'key' && passing.length > KEY)
      throw new FileError(`a key is longer than ${KEY} bytes`, this.where)
    if (passing.length > FileBudget.line) passing.pieces = []
    else passing.pieces.push(bytes.slice())
  }

  private deliver({ pieces, length }: Passing): void {
    if (length > FileBudget.line) {
      this.sink.bad(new FileError(`a value is longer than ${FileBudget.line >> 20} MB`, this.where))
      return
    }
    let text: string
    try {
      text = this.decoder.decode(joined(pieces, length))
    } catch {
      this.sink.bad(new FileError('it is not UTF-8', this.where))
      return
    }
    this.sink.item(this.path(), text)
  }

  private keyOf({ pieces, length }: Passing): string {
    try {
      return JSON.parse(this.decoder.decode(joined(pieces, length))) as string
    } catch {
      throw new FileError('not JSON: a key that is no text', this.where)
    }
  }

  /** Ends the document. Throws FileError where it is not whole. */
  end(): void {
    if (this.passing?.is === 'word') this.pass(this.passing, new Uint8Array([SPACE]), 0)
    if (this.complete) return
    throw new FileError(`the file ends in the middle (${this.where || 'at its beginning'})`, this.where)
  }

  private path(): string[] {
    return this.stack.map(({ isArray, key, index }) => (isArray ? String(index) : key))
  }

  private afterValue(): void {
    this.expect = this.stack.length > 0 ? 'comma or end' : 'end'
  }
}

function fits(wanted: readonly string[], stack: readonly Frame[]): boolean {
  return stack.every(({ isArray, key }, at) =>
    isArray ? wanted[at] === '*' : wanted[at] === '{}' || wanted[at] === key,
  )
}

/** Index behind the value; -1: it does not end in these bytes. */
function endOf(passing: Passing, bytes: Uint8Array, from: number): number {
  for (let i = from; i < bytes.length; i++) {
    const byte = bytes[i] as number
    if (passing.is === 'word') {
      if (byte <= SPACE || byte === COMMA || byte === CLOSE_ARRAY || byte === CLOSE_OBJECT) return i
    } else if (passing.is === 'string' || passing.inString) {
      if (passing.escaped) passing.escaped = false
      else if (byte === BACKSLASH) passing.escaped = true
      else if (byte === QUOTE) {
        if (passing.is === 'string') return i + 1
        passing.inString = false
      }
    } else if (byte === QUOTE) passing.inString = true
    else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) passing.depth++
    else if ((byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) && --passing.depth === 0) return i + 1
  }
  return -1
}

function isScalarStart(byte: number): boolean {
  return byte === QUOTE || byte === 45 || (byte >= 48 && byte <= 57) || byte === 116 || byte === 102 || byte === 110
}

const shown = (byte: number) => JSON.stringify(String.fromCharCode(byte))

function joined(pieces: Uint8Array[], length: number): Uint8Array {
  if (pieces.length === 1) return pieces[0] as Uint8Array
  const all = new Uint8Array(length)
  let at = 0
  for (const piece of pieces) {
    all.set(piece, at)
    at += piece.length
  }
  return all
}
