import type { Filter } from '@playhead/shared/filter/filter'
import { chunkAt, chunkHolding, compareSeqs, rangeInOrder, sortRows } from '../../log/order'
import type { LogChunk, LogReader } from '../../log/reader'
import { factsOf } from '../terms/chunk-facts'
import type { RegexRunner } from '../terms/regex-runner'
import { ALL, Selection } from '../terms/selection'
import { type CompiledFilter, compileFilter } from './compile'
import { SeqList } from './seq-list'

/** Chunks that are looked at to find those whose text will be needed. */
const FAR = 32

/** Rows of one chunk that a scan is to test next; none where a lost chunk was. */
export interface Stretch {
  chunk: LogChunk
  /** What arrived after the scan began, not what was there before. */
  newer: boolean
  from: number
  to: number
}

/**
 * Tests the events of a session against a filter and keeps the matches in shown order. New events first, then from the newest to the
 * oldest, one chunk at a time; the caller decides when to go on. What was tested is always the run of seqs `low … high` (exclusive).
 */
export class Scan {
  readonly list: SeqList
  readonly filter: CompiledFilter
  private readonly selection = new Selection()
  private readonly spare = new Selection()
  /** Latest time in each tested chunk, by its first seq: how far evicted events can reach into the list. */
  private readonly latest = new Map<number, number>()
  private low: number
  private high: number

  constructor(
    private readonly reader: LogReader,
    filter: Filter,
    /** Only filters of the user have regular expressions; one that has, and no runner, throws. */
    regex?: RegexRunner,
  ) {
    this.list = new SeqList((a, b) => compareSeqs(reader, a, b))
    this.filter = compileFilter(filter, reader, regex)
    this.low = reader.endSeq
    this.high = reader.endSeq
  }

  get scanned(): number {
    return this.high - this.low
  }

  get done(): boolean {
    return this.low <= this.reader.firstSeq && this.high >= this.reader.endSeq
  }

  /** Takes evicted events out of the list. Returns whether it changed; call before the list is read. */
  evict(): boolean {
    const { firstSeq } = this.reader
    if (this.low >= firstSeq) return false
    let reach = Number.NEGATIVE_INFINITY
    for (const [first, latest] of this.latest) {
      if (first >= firstSeq) continue
      reach = Math.max(reach, latest)
      if (!(this.reader.chunks[0] && first >= this.reader.chunks[0].firstSeq)) this.latest.delete(first)
    }
    this.low = firstSeq
    this.high = Math.max(this.high, firstSeq)
    return this.list.dropBelow(firstSeq, seq => {
      const chunk = chunkAt(this.reader, seq)
      return chunk !== undefined && (chunk.time[seq - chunk.firstSeq] as number) <= reach
    })
  }

  /** Undefined: everything is tested. */
  next(): Stretch | undefined {
    const { reader, high, low } = this
    const newer = high < reader.endSeq
    if (!newer && low <= reader.firstSeq) return undefined
    const chunk = chunkHolding(reader, newer ? high : low - 1)
    if (!chunk) return undefined
    const { firstSeq, firstRow, count } = chunk
    if (newer) return { chunk, newer, from: Math.max(firstRow, high - firstSeq), to: count }
    return { chunk, newer, from: firstRow, to: low - firstSeq }
  }

  /** Tests the columns; true: `test` needs the chunk's payload text. */
  select({ chunk, from, to }: Stretch): boolean {
    const { selection } = this
    this.narrow(chunk, selection, from, to)
    if (selection.size === 0 || this.filter.texts.length === 0) return false
    if (this.mayHoldUnread(chunk)) return true
    selection.clear()
    return false
  }

  private narrow(chunk: LogChunk, selection: Selection, from: number, to: number): void {
    selection.reset(from, to)
    for (const test of this.filter.columns) {
      if (selection.size === 0) break
      test.narrow(chunk, undefined, selection)
    }
  }

  /** Whether anything of a chunk can pass, as far as its payloads in any order tell. */
  mayHold(chunk: LogChunk, payloads: Uint8Array): boolean {
    return this.filter.texts.every(test => test.mayHold?.(chunk, payloads) ?? true)
  }

  /** As `mayHold`, from what was summed up of it. */
  private mayHoldUnread(chunk: LogChunk): boolean {
    const facts = factsOf(chunk)
    return !facts || this.filter.texts.every(test => test.mayHoldBy?.(chunk, facts) ?? true)
  }

  /** The next chunks whose payload text `test` will need and is not in memory; not all of them, and in vain where something changes. */
  ahead({ chunk, newer }: Stretch, count: number): LogChunk[] {
    const { reader, spare } = this
    const found = [chunk]
    let seq = newer ? this.low - 1 : chunk.firstSeq - 1
    for (let looked = 0; looked < FAR && found.length < count && seq >= reader.firstSeq; looked++) {
      const next = chunkHolding(reader, seq)
      if (!next) break
      seq = next.firstSeq - 1
      if (next.text || next.firstRow === next.count || !this.mayHoldUnread(next)) continue
      this.narrow(next, spare, next.firstRow, next.count)
      if (spare.size > 0) found.push(next)
    }
    return found
  }

  /** Undefined: `test` can be called at once for the stretch that was selected. */
  prepare({ chunk }: Stretch, text: Uint8Array | undefined): Promise<void> | undefined {
    const pending = this.filter.texts.flatMap(test => test.prepare?.(chunk, text, this.selection) ?? [])
    return pending.length > 0 ? Promise.all(pending).then(() => {}) : undefined
  }

  /** Nobody waits for it any more. */
  close(): void {
    for (const test of this.filter.texts) test.close?.()
  }

  /** Some of what was tested would be answered otherwise now. */
  get stale(): boolean {
    return this.filter.columns.some(test => test.stale) || this.filter.texts.some(test => test.stale)
  }

  /** Why what was found is not to be trusted; empty: it is. */
  get problem(): string {
    return this.filter.texts.find(test => test.problem)?.problem ?? ''
  }

  /**
   * Finishes the stretch given to `select` just before, with the chunk's text where that was asked for (undefined: it is lost, null: it
   * holds nothing that can pass).
   * Returns the first position of the list that changed, its length when nothing did.
   */
  test({ chunk, newer, to }: Stretch, text: Uint8Array | undefined | null): number {
    const { selection } = this
    if (text === null) selection.clear()
    else for (const test of this.filter.texts) if (selection.size > 0) test.narrow(chunk, text, selection)
    const first = chunk.firstSeq
    if (newer) this.high = first + to
    else this.low = Math.max(first, this.reader.firstSeq)
    this.latest.set(first, chunk.maxTime)
    return this.merge(chunk)
  }

  private merge(chunk: LogChunk): number {
    const { selection, list } = this
    const count = selection.size
    const first = chunk.firstSeq
    if (count === 0) return list.length
    if (selection.count === ALL || selection.rows[count - 1] === (selection.rows[0] as number) + count - 1) {
      const from = selection.count === ALL ? selection.from : (selection.rows[0] as number)
      if (factsOf(chunk)?.ordered || rangeInOrder(chunk, from, from + count)) {
        return list.mergeRange(first + from, first + from + count)
      }
    }
    const rows = selection.explicit()
    if (!factsOf(chunk)?.ordered) sortRows(chunk, rows, count)
    for (let i = 0; i < count; i++) rows[i] = first + (rows[i] as number)
    return list.merge(rows, count)
  }
}
