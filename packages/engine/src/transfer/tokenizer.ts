import { Tokenizer } from '@streamparser/json'
import { FileBudget } from './budgets'
import { FileError } from './file-error'

/** Pieces of a token that are gathered before they are joined to one string. */
const PIECES = 1024

/**
 * Gathers the text of one string or number for the tokenizer, in place of the tokenizer's own class, which has no bound and loses a U+FEFF
 * at the beginning of a piece. Throws FileError when the text is longer than the budget.
 */
class BoundedString {
  byteLength = 0
  private text = ''
  private length = 0
  private pieces: string[] = []
  private readonly decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

  appendChar(byte: number): void {
    this.add(String.fromCharCode(byte), 1)
  }

  appendBuf(bytes: Uint8Array, start = 0, end = bytes.length): void {
    const size = end - start
    // An escaped character comes as its bytes of UTF-8. Text in another script may be nothing but these, so they have a fast path.
    const code = size <= 3 ? characterAt(bytes, start, size) : -1
    this.add(code < 0 ? this.decoder.decode(bytes.subarray(start, end)) : String.fromCharCode(code), size)
  }

  appendCharCode(code: number): void {
    this.add(String.fromCharCode(code), 0)
  }

  reset(): void {
    this.pieces = []
    this.text = ''
    this.length = 0
    this.byteLength = 0
  }

  toString(): string {
    if (this.pieces.length > 0) this.join()
    return this.text
  }

  private add(piece: string, bytes: number): void {
    this.length += piece.length
    if (this.length > FileBudget.string) {
      throw new FileError(`a string or number is longer than ${FileBudget.string} characters`)
    }
    this.byteLength += bytes
    if (this.pieces.push(piece) >= PIECES) this.join()
  }

  private join(): void {
    this.text += this.pieces.join('')
    this.pieces = []
  }
}

/** The UTF-16 unit that two or three bytes of UTF-8 stand for; -1 when they are something else. */
function characterAt(bytes: Uint8Array, at: number, size: number): number {
  const first = bytes[at] as number
  const second = bytes[at + 1] as number
  const third = bytes[at + 2] as number
  if (size === 2 && first >> 5 === 0b110 && second >> 6 === 0b10) {
    const code = ((first & 0x1f) << 6) | (second & 0x3f)
    return code >= 0x80 ? code : -1
  }
  if (size === 3 && first >> 4 === 0b1110 && second >> 6 === 0b10 && third >> 6 === 0b10) {
    const code = ((first & 0xf) << 12) | ((second & 0x3f) << 6) | (third & 0x3f)
    return code >= 0x800 && (code < 0xd800 || code >= 0xe000) ? code : -1
  }
  return -1
}

/** Makes a tokenizer that holds at most one token, of at most `FileBudget.string` characters. */
export function createTokenizer(): Tokenizer {
  const tokenizer = new Tokenizer()
  Object.assign(tokenizer, { bufferedString: new BoundedString(), bufferedNumber: new BoundedString() })
  tokenizer.onEnd = () => {}
  return tokenizer
}

/**
 * The message and the offset, in bytes, of an error that the tokenizer reports. It gives the offset in its message only, and not always;
 * `lastOffset`, that of the newest token, stands in then.
 */
export function tokenizerError(error: Error, lastOffset: number): { message: string; offset: number } {
  if (error instanceof FileError) return { message: error.message, offset: lastOffset }
  const at = /absolute position "(\d+)"/.exec(error.message)?.[1]
  const why = at === undefined ? 'a string is not UTF-8' : error.message.replace(/ at chunk position.*$/s, '')
  return { message: `not JSON: ${why}`, offset: Number(at ?? lastOffset) }
}
