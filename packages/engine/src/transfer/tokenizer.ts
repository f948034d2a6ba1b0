import { Tokenizer } from '@streamparser/json'
import { FileBudget } from './budgets'
import { FileError } from './file-error'

/** Pieces of a token that wait before they become one string. */
const PIECES = 1024

/**
 * Gathers one string or number. The tokenizer's own has no bound, and its decoder swallows a U+FEFF that begins a piece: this one has
 * one, and keeps it.
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
    // An escape comes as the bytes of its character: text in another script may be nothing else.
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

/** The character that two or three bytes of UTF-8 are; -1: they are something else. */
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

/** A tokenizer that holds one token at most, within the budget. */
export function createTokenizer(): Tokenizer {
  const tokenizer = new Tokenizer()
  Object.assign(tokenizer, { bufferedString: new BoundedString(), bufferedNumber: new BoundedString() })
  tokenizer.onEnd = () => {}
  return tokenizer
}

/** What the tokenizer says is wrong, and where: it tells its place only in its message, and not always. */
export function tokenizerError(error: Error, lastOffset: number): { message: string; offset: number } {
  if (error instanceof FileError) return { message: error.message, offset: lastOffset }
  const at = /absolute position "(\d+)"/.exec(error.message)?.[1]
  const why = at === undefined ? 'a string is not UTF-8' : error.message.replace(/ at chunk position.*$/s, '')
  return { message: `not JSON: ${why}`, offset: Number(at ?? lastOffset) }
}
