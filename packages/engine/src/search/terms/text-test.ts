import type { SteadyChunk, SteadyLog } from '../../log/reader'
import { ByteFinder } from './bytes'
import { type ChunkFacts, factsOf } from './chunk-facts'
import { bitsOf, hasAll } from './grams'
import { NameTable } from './name-table'
import type { Selection } from './selection'
import type { TermTest } from './term-test'

/**
 * The only characters outside ASCII that turn into ASCII when lower-cased: KELVIN SIGN into `k`, and I WITH DOT ABOVE into `i` and a
 * combining dot. A byte search for an ASCII term is exact on every row that has neither.
 */
const FOLDS_TO_ASCII = [new ByteFinder('\u212a', false), new ByteFinder('\u0130', false)]
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/**
 * Tests that a text occurs in the payload or in the name of the type, ignoring case. A text in ASCII is looked for in the payload's bytes;
 * a payload is decoded only if it has one of the two characters that become ASCII in lower case. For any other text, payloads that have
 * characters outside ASCII are decoded.
 */
export class TextTest implements TermTest {
  readonly needsText = true
  /** The text in lower case. */
  private readonly text: string
  private readonly types: NameTable
  /** Finds the text in bytes; undefined when it has characters outside ASCII. */
  private readonly finder: ByteFinder | undefined
  /** The text has letters that a character outside ASCII can become in lower case. */
  private readonly foldable: boolean
  /** Bits of the text in a chunk's summary. */
  private readonly bits: Uint32Array

  constructor(
    text: string,
    private readonly reader: SteadyLog,
  ) {
    const lower = text.toLowerCase()
    this.text = lower
    this.types = new NameTable(name => name.toLowerCase().includes(lower))
    this.finder = isAscii(lower) ? new ByteFinder(lower, true) : undefined
    this.foldable = /[ik]/.test(lower)
    this.bits = bitsOf(lower)
  }

  narrow(chunk: SteadyChunk, text: Uint8Array | undefined, selection: Selection): void {
    const inType = this.types.upTo(this.reader.types)
    const { finder } = this
    const wide = text !== undefined && (!finder || this.foldable) && hasWide(chunk, text)
    if (!text || (!finder && !wide)) {
      selection.keep16(chunk.type, inType)
      return
    }
    const rows = selection.explicit()
    const { type, payloadEnds } = chunk
    let k = 0
    for (let i = 0; i < selection.count; i++) {
      const row = rows[i] as number
      const start = row === 0 ? 0 : (payloadEnds[row - 1] as number)
      const end = payloadEnds[row] as number
      const found =
        inType[type[row] as number] === 1 || finder?.in(text, start, end) || (wide && this.inDecoded(text, start, end))
      if (found) rows[k++] = row
    }
    selection.count = k
  }

  mayHold(chunk: SteadyChunk, payloads: Uint8Array): boolean {
    const { finder } = this
    if (!finder || finder.in(payloads, 0, payloads.length) || this.inSomeType(chunk)) return true
    return this.foldable && anyHighByte(payloads)
  }

  mayHoldBy(chunk: SteadyChunk, { grams, wide }: ChunkFacts): boolean {
    if (!grams || !this.finder || (this.foldable && wide !== false)) return true
    return hasAll(grams, this.bits) || this.inSomeType(chunk)
  }

  /** Whether the text occurs in the name of a type that the chunk has. */
  private inSomeType({ type, count }: SteadyChunk): boolean {
    const inType = this.types.upTo(this.reader.types)
    for (let row = 0; row < count; row++) if (inType[type[row] as number] === 1) return true
    return false
  }

  /** Whether the text occurs in the payload at bytes `start … end` (exclusive), which is decoded if it has to be. */
  private inDecoded(text: Uint8Array, start: number, end: number): boolean {
    if (this.finder && !FOLDS_TO_ASCII.some(character => character.in(text, start, end))) return false
    if (!this.finder && !hasHighByte(text, start, end)) return false
    return decoder.decode(text.subarray(start, end)).toLowerCase().includes(this.text)
  }
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) return false
  return true
}

function hasHighByte(text: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if ((text[at] as number) > 0x7f) return true
  return false
}

/** Whether the chunk's text has characters outside ASCII. It is found out once for a sealed chunk, and assumed of one that still grows. */
function hasWide(chunk: SteadyChunk, text: Uint8Array): boolean {
  const facts = factsOf(chunk)
  if (!facts) return true
  facts.wide ??= anyHighByte(text)
  return facts.wide
}

/** Whether any byte is above 0x7f. It looks at four bytes at a time. */
export function anyHighByte(text: Uint8Array): boolean {
  const head = Math.min(text.length, (4 - (text.byteOffset & 3)) & 3)
  const words = new Uint32Array(text.buffer, text.byteOffset + head, (text.length - head) >>> 2)
  let bits = 0
  for (let i = 0; i < words.length; i++) bits |= words[i] as number
  const tail = head + words.length * 4
  return (bits & 0x80808080) !== 0 || hasHighByte(text, 0, head) || hasHighByte(text, tail, text.length)
}
