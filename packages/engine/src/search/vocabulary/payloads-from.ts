import { RECORDING } from '@playhead/shared/model/event'
import { TAG } from '@playhead/shared/values/tags'
import { Scratch } from '../../codec/scratch'
import { payloadRange } from '../../log/event-row'
import type { LogChunk, LogReader } from '../../log/reader'
import type { Turns } from '../../tasks/turns'
import { ByteFinder } from '../terms/bytes'
import { factsOf } from '../terms/chunk-facts'
import { bitsOf, hasAll } from '../terms/grams'
import { PairFinder } from '../terms/pair-finder'
import { keyText } from '../terms/payload-test'
import { FieldCounts, MOST_COUNTED } from './field-counts'
import type { Seeker } from './seeker'

/** Payloads that are parsed to count their values; beyond that, only those that have a value which was not met before. */
const MOST_READ = 100_000

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/**
 * Counts the values that lie at a path of payloads and begin with some letters, in either case. Parsing is the dear part, so it is kept for
 * payloads that can have such a value:
 *
 *     chunk     its summary (grams) has the last key of the path, followed by the letters?        else the text is not read
 *     text      the key, followed by the letters, occurs somewhere in the payloads, in any order?  else their order is not restored
 *     payload   they occur in this payload?                                                       else it is not parsed
 */
export class PayloadsFrom implements Seeker {
  readonly counts: FieldCounts
  /** The last key of the path as it stands in JSON text, with its quotes; empty when the path has none. */
  private readonly key: string
  /** The key's bits in a chunk's summary. */
  private readonly keyBits: Uint32Array
  private readonly finder: ByteFinder
  /** Finds the key with the beginning of a value behind it; undefined when the value is an element of an array. */
  private readonly pairs: PairFinder | undefined
  /** The values met so far, as they are written in JSON. */
  private readonly known = new Set<string>()
  private readonly scratch = new Scratch()

  /** `path`: the keys that lead to the value. `letters` are in lower case. */
  constructor(
    private readonly reader: LogReader,
    path: readonly string[],
    letters: string,
  ) {
    this.counts = new FieldCounts(path, label => label.toLowerCase().startsWith(letters))
    this.key = path.flatMap(keyText).at(-1) ?? ''
    this.keyBits = bitsOf(this.key)
    this.finder = new ByteFinder(this.key, false)
    // The byte search ignores case in ASCII only, so it looks for the letters in front of the first one beyond ASCII.
    const ascii = /^[\0-\x7f]*/.exec(letters)?.[0] ?? ''
    const isElement = keyText(path.at(-1) ?? '').length === 0
    const values = [
      JSON.stringify(ascii).slice(0, -1),
      ascii,
      ...['bigint', 'date'].map(tag => `{"${TAG}":"${tag}","v":"${ascii}`),
    ]
    // In an object, or as an entry of a Map.
    if (!isElement)
      this.pairs = new PairFinder(
        this.key,
        values.flatMap(value => [`:${value}`, `,${value}`]),
        true,
      )
  }

  get isFull(): boolean {
    return this.counts.read >= MOST_READ && (!this.pairs || this.known.size >= MOST_COUNTED)
  }

  async look(chunk: LogChunk, turns: Turns): Promise<void> {
    if (!this.mayHold(chunk)) return
    const { reader, counts, scratch } = this
    const search = { mayHold: (payloads: Uint8Array) => this.isIn(payloads, 0, payloads.length), scratch }
    const text = chunk.text ?? (await reader.searchText(chunk, search).catch(() => undefined))
    if (text === undefined) counts.whole = false
    if (!text) return
    for (let row = chunk.count - 1; row >= chunk.firstRow; row--) {
      if (chunk.take[row] === RECORDING) this.lookAt(text, ...payloadRange(chunk, row))
      if (turns.due) await turns.next()
    }
    scratch.give(text)
  }

  /** False when no payload of the recording in this chunk can have such a value, judging by what is known without its text. */
  private mayHold(chunk: LogChunk): boolean {
    const { grams, take = -1 } = factsOf(chunk) ?? {}
    if (take > RECORDING) return false
    return !grams || (hasAll(grams, this.keyBits) && (this.pairs?.mayBeIn(grams) ?? true))
  }

  /** Whether the key with a value that may be wanted occurs at bytes `start … end` (exclusive). */
  private isIn(text: Uint8Array, start: number, end: number): boolean {
    return this.pairs ? this.pairs.find(text, start, end) >= 0 : this.finder.in(text, start, end)
  }

  /** Counts the value of one payload, unless so many were parsed that only new values matter. */
  private lookAt(text: Uint8Array, start: number, end: number): void {
    if (start === end || !this.isIn(text, start, end)) return
    const isNew = this.hasNew(text, start, end)
    if (isNew || this.counts.read < MOST_READ) this.counts.look(text, start, end)
    else this.counts.whole = false
  }

  /** Whether the payload has a value that was not met before; notes all that it has. */
  private hasNew(text: Uint8Array, start: number, end: number): boolean {
    const { pairs, known } = this
    if (!pairs) return false
    let isNew = false
    for (let at = pairs.find(text, start, end); at >= 0; at = pairs.find(text, at, end)) {
      const written = decoder.decode(text.subarray(at + 1, endOfValue(text, at + 1, end)))
      // What a tagged value is, its first bytes do not say.
      if (!written.startsWith('{') && (known.has(written) || known.size >= MOST_COUNTED)) continue
      known.add(written)
      isNew = true
    }
    return isNew
  }
}

/** Index behind the last byte of the JSON text, number or word that begins at `at`; `end` when it does not end before. */
function endOfValue(text: Uint8Array, at: number, end: number): number {
  const isText = text[at] === 0x22
  for (let to = at + 1; to < end; to++) {
    const byte = text[to] as number
    if (isText && byte === 0x5c) to++
    else if (isText ? byte === 0x22 : byte === 0x2c || byte === 0x7d || byte === 0x5d) return to
  }
  return end
}
