import { RECORDING } from '@playhead/shared/model/event'
import { Scratch } from '../compress/scratch'
import type { FoundValues } from '../contract'
import type { LogChunk, LogReader } from '../log/reader'
import { ByteFinder } from './bytes'
import { factsOf } from './chunk-facts'
import { payloadRange } from './event-row'
import { FieldCounts, MOST_COUNTED } from './field-counts'
import { bitsOf, hasAll } from './grams'
import { PairFinder } from './pair-finder'
import { keyText } from './terms/payload-test'
import { Turns } from './turns'

/** ms until a question is answered with what was found so far. */
const PATIENCE = 100
/** Payloads read for their counts; after that many only those with a value that was not there yet. */
const MOST_READ = 100_000
/** Characters that values are looked for by. */
const LONGEST = 100

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/**
 * Values of a field that begin with some letters, in any case, looked for among all events, newest first: what a sample has not seen. Reads
 * on at every question, and not while something else is searched for. Another question ends the one before.
 */
export class ValuesFrom {
  private last: { key: string; reader: LogReader; search: Search } | undefined

  /** Null: something else was asked for meanwhile. `busy`: somebody waits for more than this. */
  async read(
    reader: LogReader,
    path: readonly string[],
    typed: string,
    busy: () => boolean,
  ): Promise<FoundValues | null> {
    const key = JSON.stringify([path, typed])
    if (this.last?.key !== key || this.last.reader !== reader)
      this.last = { key, reader, search: new Search(reader, path, typed.slice(0, LONGEST)) }
    const { search } = this.last
    const isLast = () => this.last?.search === search
    await search.goOn(() => isLast() && !busy())
    if (!isLast()) return null
    const told = search.told()
    // Asked again, there may be more.
    if (search.done) this.last = undefined
    return told
  }
}

class Search {
  /** Oldest first: taken from the end. */
  private readonly left: LogChunk[]
  private readonly counts: FieldCounts
  private readonly key: string
  private readonly keyBits: Uint32Array
  private readonly finder: ByteFinder
  private readonly pairs: PairFinder | undefined
  /** Values as they were written, so that new ones are told from known ones. */
  private readonly known = new Set<string>()
  private readonly scratch = new Scratch()
  private readonly firstSeq: number
  private running: Promise<void> | undefined

  constructor(
    private readonly reader: LogReader,
    path: readonly string[],
    typed: string,
  ) {
    const letters = typed.toLowerCase()
    this.left = reader.chunks.filter(({ firstRow, count }) => firstRow < count)
    this.firstSeq = reader.firstSeq
    this.counts = new FieldCounts(path, label => label.toLowerCase().startsWith(letters))
    this.key = path.flatMap(keyText).at(-1) ?? ''
    this.keyBits = bitsOf(this.key)
    this.finder = new ByteFinder(this.key, false)
    // Bytes tell upper from lower case beyond ASCII: that far they are looked for.
    const ascii = /^[\0-\x7f]*/.exec(letters)?.[0] ?? ''
    const isElement = keyText(path.at(-1) ?? '').length === 0
    if (!isElement) this.pairs = new PairFinder(this.key, [JSON.stringify(ascii).slice(0, -1), ascii], true)
  }

  get done(): boolean {
    return this.left.length === 0
  }

  told(): FoundValues {
    const { counts, done, reader } = this
    return { values: counts.told(), all: done && counts.whole && reader.firstSeq === this.firstSeq, done }
  }

  async goOn(wanted: () => boolean): Promise<void> {
    this.running ??= this.read(wanted).finally(() => {
      this.running = undefined
    })
    await this.running
  }

  private async read(wanted: () => boolean): Promise<void> {
    const { left, reader, counts, scratch } = this
    const turns = new Turns()
    const until = performance.now() + PATIENCE
    while (wanted() && performance.now() < until) {
      const chunk = left.pop()
      if (!chunk) return
      if (this.mayHold(chunk)) {
        const search = { mayHold: (payloads: Uint8Array) => this.isIn(payloads, 0, payloads.length), scratch }
        const text = chunk.text ?? (await reader.searchText(chunk, search).catch(() => undefined))
        if (text === undefined) counts.whole = false
        if (text) {
          for (let row = chunk.count - 1; row >= chunk.firstRow; row--) {
            if (chunk.take[row] === RECORDING) this.look(text, ...payloadRange(chunk, row))
            if (turns.due) await turns.next()
          }
          scratch.give(text)
        }
        if (this.isFull) {
          counts.whole = false
          left.length = 0
        }
      }
      if (turns.due) await turns.next()
    }
  }

  private mayHold(chunk: LogChunk): boolean {
    const { grams, take = -1 } = factsOf(chunk) ?? {}
    if (take > RECORDING) return false
    return !grams || (hasAll(grams, this.keyBits) && (this.pairs?.mayBeIn(grams) ?? true))
  }

  private isIn(text: Uint8Array, start: number, end: number): boolean {
    return this.pairs ? this.pairs.find(text, start, end) >= 0 : this.finder.in(text, start, end)
  }

  private look(text: Uint8Array, start: number, end: number): void {
    if (start === end || !this.isIn(text, start, end)) return
    const isNew = this.hasNew(text, start, end)
    if (isNew || this.counts.read < MOST_READ) this.counts.look(text, start, end)
    else this.counts.whole = false
  }

  private hasNew(text: Uint8Array, start: number, end: number): boolean {
    const { pairs, known } = this
    if (!pairs) return false
    let isNew = false
    for (let at = pairs.find(text, start, end); at >= 0; at = pairs.find(text, at, end)) {
      const written = decoder.decode(text.subarray(at, endOfValue(text, at, end)))
      if (known.has(written) || known.size >= MOST_COUNTED) continue
      known.add(written)
      isNew = true
    }
    return isNew
  }

  private get isFull(): boolean {
    return this.counts.read >= MOST_READ && (!this.pairs || this.known.size >= MOST_COUNTED)
  }
}

/** Behind the text, number or word that begins at `at`. */
function endOfValue(text: Uint8Array, at: number, end: number): number {
  const isText = text[at] === 0x22
  for (let to = at + 1; to < end; to++) {
    const byte = text[to] as number
    if (isText && byte === 0x5c) to++
    else if (isText ? byte === 0x22 : byte === 0x2c || byte === 0x7d || byte === 0x5d) return to
  }
  return end
}
