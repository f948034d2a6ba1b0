import { TAG } from './tags'

/** A run of digits that a number of JavaScript may not hold. */
const LONG = /\d{16}/
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y

/**
 * Parses payload text as JSON.parse does, but loses no digit: a number that a JavaScript number cannot hold becomes a tagged one
 * (`{"$ph":"number","v":"822106502566256641"}`, values/tags), which every reader of payloads shows and compares as what it is. Other tools
 * write 64-bit numbers so. Throws a SyntaxError for what is not JSON.
 */
export function parseExact(text: string): unknown {
  return JSON.parse(LONG.test(text) ? withTaggedNumbers(text) : text)
}

/** Writes every number that would lose digits as a tagged one. Text in quotes is left alone. */
function withTaggedNumbers(text: string): string {
  let written = ''
  let from = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 0x22) {
      at = endOfText(text, at)
      continue
    }
    if (code !== 0x2d && (code < 0x30 || code > 0x39)) continue
    NUMBER.lastIndex = at
    const [number] = NUMBER.exec(text) ?? []
    if (number === undefined) continue
    if (losesDigits(number)) {
      written += `${text.slice(from, at)}{"${TAG}":"number","v":"${number}"}`
      from = at + number.length
    }
    at += number.length - 1
  }
  return written + text.slice(from)
}

/** Index of the quote that ends the text beginning at `at`. */
function endOfText(text: string, at: number): number {
  let end = at + 1
  while (end < text.length && text.charCodeAt(end) !== 0x22) end += text.charCodeAt(end) === 0x5c ? 2 : 1
  return end
}

/** Whether a whole number would be written with other digits, once it was a JavaScript number. */
function losesDigits(number: string): boolean {
  return /^-?\d{16,}$/.test(number) && String(Number(number)) !== number
}
