import type { Filter } from '@playhead/shared/filter/filter'
import { chunkAt, chunkHolding, compareSeqs, rangeInOrder, sortRows } from '../../log/order'
import type { LogChunk, LogReader } from '../../log/reader'
import { factsOf } from '../terms/chunk-facts'
import type { RegexRunner } from '../terms/regex-runner'
import { ALL, Selection } from '../terms/selection'
import { type CompiledFilter, compileFilter } from './compile'
import { SeqList } from './seq-list'

/** Chunks that are looked at, at most, to find those whose text will be needed next. */
const FAR = 32

/** Rows of one chunk that a scan tests next. */
export interface Stretch {
  chunk: LogChunk
  /** True for events that arrived after the scan began, false for those that were there before. */
  newer: boolean
  /** Rows `from … to` (exclusive) of the chunk; an empty range where the chunk was lost. */
  from: number
  to: number
}

/**
 * Tests the events of a session against a filter and keeps the seqs of the matches in shown order. What was tested is one run of seqs,
 * `low … high` (exclusive), that grows at both ends: events that arrive are tested first, then older ones, the newest of them first.
 *
 *     seq   firstSeq                    low                     high              endSeq
 *           ├─────── not tested ─────────┼──────── tested ────────┼── just arrived ──┤
 *                                 2nd ◀──┘                        └──▶ 1st
 *
 * One step tests one stretch, which is all or part of one chunk:
 *
 *     next() ─▶ stretch ─▶ select(): column tests narrow the rows, as typed arrays are fast
 *                            ├─ no row is left, or no test needs text ──────────────────────┐
 *                            └─ true: the caller gets the chunk's payload text ─▶ prepare() ─▶ test() ─▶ merged into `list`
 *                                     (or null, where the text cannot match)      (regular expressions
 *                                                                                  run in another thread)
 *
 * The scan itself never waits and never loops: its caller (`LiveScan`, `Entities`) gets the text and decides when the next step comes.
 * The rows that are still selected are kept from `select` to `test`, so no other stretch may be selected in between.
 */
export class Scan {
  readonly list: SeqList
  readonly filter: CompiledFilter
  private readonly selection = new Selection()
  private readonly spare = new Selection()
  /** Latest time (session ms) in each tested chunk, by its first seq. It bounds how far down the list evicted events can stand. */
  private readonly latest = new Map<number, number>()
  private low: number
  private high: number

  constructor(
    private readonly reader: LogReader,
    filter: Filter,
    /** Runs regular expressions. The constructor throws if the filter has one and there is no runner. */
    regex?: RegexRunner,
  ) {
    this.list = new SeqList((a, b) => compareSeqs(reader, a, b))
    this.filter = compileFilter(filter, reader, regex)
    this.low = reader.endSeq
    this.high = reader.endSeq
  }

  /** Events tested so far. */
  get scanned(): number {
    return this.high - this.low
  }

  /** Every event in the log was tested. */
  get done(): boolean {
    return this.low <= this.reader.firstSeq && this.high >= this.reader.endSeq
  }

  /** Takes evicted events out of the list and returns whether it changed. Call it before the list is read. */
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

  /** The stretch to test next; undefined when every event was tested. */
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

  /** Tests the columns of a stretch. Returns whether `test` needs the chunk's payload text to decide about the rows that are left. */
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

  /** False when no row of a chunk can match, judging by its payloads as UTF-8 in any order; true when some row may. */
  mayHold(chunk: LogChunk, payloads: Uint8Array): boolean {
    return this.filter.texts.every(test => test.mayHold?.(chunk, payloads) ?? true)
  }

  /** As `mayHold`, judging by the chunk's summary (`ChunkFacts.grams`) and without its text. True when there is no summary. */
  private mayHoldUnread(chunk: LogChunk): boolean {
    const facts = factsOf(chunk)
    return !facts || this.filter.texts.every(test => test.mayHoldBy?.(chunk, facts) ?? true)
  }

  /**
   * Guesses which chunks' payload text will be needed from here on and is not in memory: the stretch's own chunk first, at most `count` in
   * all. The guess may miss some, and some may turn out not to be needed; it only decides what is loaded early.
   */
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

  /**
   * Starts what the tests need from elsewhere for the selected rows. Resolves when `test` may be called; undefined means that it may be
   * called at once.
   */
  prepare({ chunk }: Stretch, text: Uint8Array | undefined): Promise<void> | undefined {
    const pending = this.filter.texts.flatMap(test => test.prepare?.(chunk, text, this.selection) ?? [])
    return pending.length > 0 ? Promise.all(pending).then(() => {}) : undefined
  }

  /** Drops work that runs elsewhere for this scan. */
  close(): void {
    for (const test of this.filter.texts) test.close?.()
  }

  /** Some event that was tested would be judged otherwise now, because what its test reads came late. All events must be tested again. */
  get stale(): boolean {
    return this.filter.columns.some(test => test.stale) || this.filter.texts.some(test => test.stale)
  }

  /** Why the matches are incomplete, such as a regular expression that was stopped; empty when they are complete. */
  get problem(): string {
    return this.filter.texts.find(test => test.problem)?.problem ?? ''
  }

  /**
   * Finishes the stretch that was selected. `text` is the chunk's payload text if `select` asked for it; undefined when it is lost, null
   * when it was found to hold no match. Returns the first index of `list` that changed; its length when nothing did.
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

  /** Adds the selected rows to the list. Consecutive rows that stand in shown order already are added as a range, without a copy. */
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
