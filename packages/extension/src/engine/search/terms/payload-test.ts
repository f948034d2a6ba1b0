import { type PayloadTest, passes } from '@playhead/shared/filter/payload-test'
import { escapeKey } from '@playhead/shared/values/tags'
import type { LogChunk } from '../../log/reader'
import { ByteFinder } from '../bytes'
import type { ChunkFacts } from '../chunk-facts'
import { bitsOf, type Grams, hasAll } from '../grams'
import type { Selection } from '../selection'
import type { TermTest } from './term-test'

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/**
 * Compares a value inside the payload. Payload text is canonical (written by our encoder, no white space), so a row that lacks the key,
 * or the key with its value, as bytes cannot pass: only the others are parsed.
 */
export class PayloadTermTest implements TermTest {
  readonly needsText = true
  private readonly finders: ByteFinder[]
  private readonly pairs: PairFinder | undefined
  private readonly bits: Uint32Array[]

  constructor(private readonly test: PayloadTest) {
    const needles = needlesOf(test)
    this.finders = needles.map(needle => new ByteFinder(needle, false))
    this.bits = needles.map(bitsOf)
    this.pairs = pairOf(test)
  }

  narrow(chunk: LogChunk, text: Uint8Array | undefined, selection: Selection): void {
    if (!text) {
      selection.clear()
      return
    }
    const rows = selection.explicit()
    const { payloadEnds } = chunk
    let k = 0
    for (let i = 0; i < selection.count; i++) {
      const row = rows[i] as number
      const start = row === 0 ? 0 : (payloadEnds[row - 1] as number)
      const end = payloadEnds[row] as number
      if (this.mayPass(text, start, end) && this.passes(text, start, end)) rows[k++] = row
    }
    selection.count = k
  }

  mayHold(_: LogChunk, payloads: Uint8Array): boolean {
    return this.mayPass(payloads, 0, payloads.length)
  }

  mayHoldBy(_: LogChunk, { grams }: ChunkFacts): boolean {
    if (!grams) return true
    return this.bits.every(bits => hasAll(grams, bits)) && (this.pairs?.mayBeIn(grams) ?? true)
  }

  private mayPass(text: Uint8Array, start: number, end: number): boolean {
    for (const finder of this.finders) if (!finder.in(text, start, end)) return false
    return this.pairs?.in(text, start, end) ?? true
  }

  private passes(text: Uint8Array, start: number, end: number): boolean {
    try {
      return passes(this.test, JSON.parse(decoder.decode(text.subarray(start, end))))
    } catch {
      return false
    }
  }
}

/** Byte strings every passing payload has. A key that may be an array index says nothing. */
function needlesOf({ path, op, value }: PayloadTest): string[] {
  const needles = path.slice(0, -1).flatMap(keyText)
  const [last] = keyText(path.at(-1) ?? '')
  if (op !== '=' && last !== undefined) needles.push(last)
  // A number may also stand there as text.
  if (op === '=' && last === undefined) needles.push(typeof value === 'number' ? String(value) : JSON.stringify(value))
  return needles
}

function pairOf({ path, op, value }: PayloadTest): PairFinder | undefined {
  const [last] = keyText(path.at(-1) ?? '')
  if (op !== '=' || last === undefined) return undefined
  return new PairFinder(last, [JSON.stringify(value), ...(typeof value === 'number' ? [`"${value}"`] : [])])
}

function keyText(key: string): string[] {
  return /^\d+$/.test(key) ? [] : [`${JSON.stringify(escapeKey(key))}:`]
}

/** A key with one of some values right behind it. */
class PairFinder {
  private readonly key: ByteFinder
  private readonly length: number
  private readonly values: Uint8Array[]
  private readonly bits: Uint32Array[]

  constructor(key: string, values: readonly string[]) {
    this.bits = values.map(value => bitsOf(key + value))
    this.key = new ByteFinder(key, false)
    this.length = encoder.encode(key).length
    this.values = values.map(value => encoder.encode(value))
  }

  mayBeIn(grams: Grams): boolean {
    return this.bits.some(bits => hasAll(grams, bits))
  }

  in(text: Uint8Array, start: number, end: number): boolean {
    for (let at = this.key.find(text, start, end); at >= 0; at = this.key.find(text, at + 1, end)) {
      for (const value of this.values) if (startsWith(text, at + this.length, value)) return true
    }
    return false
  }
}

function startsWith(text: Uint8Array, at: number, value: Uint8Array): boolean {
  for (let i = 0; i < value.length; i++) if (text[at + i] !== value[i]) return false
  return true
}
