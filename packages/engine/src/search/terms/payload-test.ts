import { type PayloadTest, passes } from '@playhead/shared/filter/payload-test'
import { parseExact } from '@playhead/shared/values/exact'
import { escapeKey, TAG } from '@playhead/shared/values/tags'
import type { SteadyChunk } from '../../log/reader'
import { ByteFinder } from './bytes'
import type { ChunkFacts } from './chunk-facts'
import { bitsOf, hasAll } from './grams'
import { PairFinder } from './pair-finder'
import type { Selection } from './selection'
import type { TermTest } from './term-test'

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/**
 * Compares a value inside the payload, such as `order.total > 100`. Parsing is slow, so bytes decide first: payload text is canonical, as
 * our encoder writes it without white space, and a row without the bytes of each key (`"order":`), or of the key with its value
 * (`"total":100`), cannot pass. Only the rows that are left are parsed. The same bytes are looked for in a chunk's summary, and in all of
 * its payloads, before its rows are looked at.
 */
export class PayloadTermTest implements TermTest {
  readonly needsText = true
  /** Find the byte strings that every passing payload has. */
  private readonly finders: ByteFinder[]
  /** Finds the last key with the value right behind it; undefined when the term does not ask for one value. */
  private readonly pairs: PairFinder | undefined
  /** Bits of the byte strings in a chunk's summary. */
  private readonly bits: Uint32Array[]

  constructor(private readonly test: PayloadTest) {
    const needles = needlesOf(test)
    this.finders = needles.map(needle => new ByteFinder(needle, false))
    this.bits = needles.map(bitsOf)
    this.pairs = pairOf(test)
  }

  narrow(chunk: SteadyChunk, text: Uint8Array | undefined, selection: Selection): void {
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

  mayHold(_: SteadyChunk, payloads: Uint8Array): boolean {
    return this.mayPass(payloads, 0, payloads.length)
  }

  mayHoldBy(_: SteadyChunk, { grams }: ChunkFacts): boolean {
    if (!grams) return true
    return this.bits.every(bits => hasAll(grams, bits)) && (this.pairs?.mayBeIn(grams) ?? true)
  }

  /** False when no payload at bytes `start … end` (exclusive) can pass. */
  private mayPass(text: Uint8Array, start: number, end: number): boolean {
    for (const finder of this.finders) if (!finder.in(text, start, end)) return false
    return !this.pairs || this.pairs.find(text, start, end) >= 0
  }

  private passes(text: Uint8Array, start: number, end: number): boolean {
    try {
      return passes(this.test, parseExact(decoder.decode(text.subarray(start, end))))
    } catch {
      return false
    }
  }
}

/** The texts that every passing payload has as bytes. A key that may be the index of an element is not written in the payload. */
function needlesOf({ path, op, value }: PayloadTest): string[] {
  const needles = path.slice(0, -1).flatMap(keyText)
  const [last] = keyText(path.at(-1) ?? '')
  if (op !== '=' && last !== undefined) needles.push(last)
  // The digits of a number are the same however it is written; a date may be written in several ways.
  if (op === '=' && last === undefined && !mayBeDate(value))
    needles.push(isNumeric(value) ? String(value) : JSON.stringify(value))
  return needles
}

/** The last key with each way in which the value may be written behind it: in an object (`:`), or as an entry of a Map (`,`). */
function pairOf({ path, op, value }: PayloadTest): PairFinder | undefined {
  const [last] = keyText(path.at(-1) ?? '')
  if (op !== '=' || last === undefined) return undefined
  return new PairFinder(
    last,
    writtenAs(value).flatMap(text => [`:${text}`, `,${text}`]),
  )
}

/** The beginnings of a value's text in a payload (values/tags). A number may stand there as text, too. */
function writtenAs(value: PayloadTest['value']): string[] {
  if (isNumeric(value))
    return [String(value), `"${value}"`, ...['bigint', 'number'].map(tag => `{"${TAG}":"${tag}","v":"${value}"`)]
  return [JSON.stringify(value), ...(mayBeDate(value) ? [`{"${TAG}":"date"`] : [])]
}

function isNumeric(value: PayloadTest['value']): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint'
}

function mayBeDate(value: PayloadTest['value']): boolean {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value))
}

/**
 * How a key stands in payload text, without what comes behind it; none where that is not sure: where it may be the index of an element, the
 * key of a Map that is no text, or a key that is written in another way in objects than in Maps.
 */
export function keyText(key: string): string[] {
  const isSure = !/^(-?[\d.]|(true|false|null|undefined|NaN|-?Infinity)$)/.test(key) && escapeKey(key) === key
  return isSure ? [JSON.stringify(key)] : []
}
