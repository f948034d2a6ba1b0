import { causeSeq, OUTSIDE, seqOfId } from '../../log/event-row'
import { chunkAt } from '../../log/order'
import type { LogChunk, LogReader } from '../../log/reader'
import { Turns } from '../../tasks/turns'

/**
 * The tree of one root: it and whatever it brought about, by first causes. Events are numbered in the order they were found, so a cause
 * has a smaller number than its effects:
 *
 *     place[seq − base]   number of the event + 1, 0: not of the tree        4 bytes an event of the log
 *     seqs[k] parents[k]  its seq, and the number of its cause               8 bytes an event of the tree
 */
export class CauseIndex {
  seqs = new Uint32Array(64)
  parents = new Uint32Array(64)
  size = 0
  /** First seq of the log when it was begun: with what is evicted later, it must be made anew. */
  readonly base: number
  private place: Uint32Array
  private end: number
  /** A row that was looked at has its cause outside the log, or among what came since. */
  private orphans = false
  private extending: Promise<void> | undefined

  constructor(
    readonly reader: LogReader,
    readonly root: number,
  ) {
    this.base = reader.firstSeq
    this.end = reader.firstSeq
    this.place = new Uint32Array(Math.max(1, reader.endSeq - this.base))
    this.add(root, 0)
  }

  /** Number of the event in the tree; -1: it does not belong to it. */
  numberOf(seq: number): number {
    return seq < this.base ? -1 : (this.place[seq - this.base] ?? 0) - 1
  }

  /**
   * Takes in what was appended since. Only new rows are looked at, unless an older one still missed its cause: that may have come now.
   * A late batch can bring an effect before its cause; then all is looked at once more.
   */
  extend(): Promise<void> {
    this.extending ??= this.takeIn().finally(() => {
      this.extending = undefined
    })
    return this.extending
  }

  private async takeIn(): Promise<void> {
    const { reader } = this
    const turns = new Turns()
    while (this.end < reader.endSeq) {
      const to = reader.endSeq
      this.cover(to)
      let from = this.orphans ? reader.firstSeq : this.end
      this.orphans = false
      while (await this.pass(from, to, turns)) from = reader.firstSeq
      this.end = to
    }
  }

  /** Returns whether rows passed before their causes were known to belong here. */
  private async pass(from: number, to: number, turns: Turns): Promise<boolean> {
    const early = new Set<number>()
    for (const chunk of [...this.reader.chunks]) {
      if (chunk.firstSeq + chunk.count <= from || chunk.firstSeq >= to) continue
      const first = Math.max(chunk.firstRow, from - chunk.firstSeq)
      this.take(chunk, first, Math.min(chunk.count, to - chunk.firstSeq), to, early)
      if (turns.due) await turns.next()
    }
    for (const cause of early) if (this.numberOf(cause) >= 0) return true
    return false
  }

  /** Rows `first … last` (exclusive). `early`: gets the causes younger than their effects, but not than `to`, that do not belong here yet. */
  private take(chunk: LogChunk, first: number, last: number, to: number, early: Set<number>): void {
    const { reader } = this
    const { causeKind, causeN, producer, firstSeq } = chunk
    const foreign = foreignCauses(chunk)
    for (let row = first; row < last; row++) {
      if (causeKind[row] === 0) continue
      const seq = firstSeq + row
      if (this.numberOf(seq) >= 0) continue
      const n = causeN[row] as number
      const id = n === 0 ? foreign.get(row) : undefined
      const cause =
        n !== 0 ? reader.seqOf(producer[row] as number, n) : id === undefined ? OUTSIDE : seqOfId(reader, id)
      if (cause < 0 || cause >= to) this.orphans = true
      else if (this.numberOf(cause) >= 0) this.add(seq, this.numberOf(cause))
      else if (cause > seq) early.add(cause)
    }
  }

  private add(seq: number, parent: number): void {
    if (this.size === this.seqs.length) {
      this.seqs = grown(this.seqs, this.size * 2)
      this.parents = grown(this.parents, this.size * 2)
    }
    this.seqs[this.size] = seq
    this.parents[this.size] = parent
    this.size++
    if (seq >= this.base) this.place[seq - this.base] = this.size
  }

  private cover(to: number): void {
    const needed = to - this.base
    if (needed > this.place.length) this.place = grown(this.place, Math.max(needed, this.place.length * 1.25))
  }
}

/** The topmost known cause; a cycle (only a forged log has one) ends where it closes. -1: the event is not in the log. */
export function rootOf(reader: LogReader, seq: number): { root: number; outside: boolean } {
  const seen = new Set<number>()
  let at = seq
  let chunk = visible(reader, at)
  if (!chunk) return { root: -1, outside: false }
  for (;;) {
    seen.add(at)
    const cause = causeSeq(reader, chunk, at - chunk.firstSeq)
    if (cause === OUTSIDE) return { root: at, outside: true }
    const next = cause >= 0 && !seen.has(cause) ? visible(reader, cause) : undefined
    if (!next) return { root: at, outside: false }
    at = cause
    chunk = next
  }
}

function visible(reader: LogReader, seq: number): LogChunk | undefined {
  return seq >= reader.firstSeq ? chunkAt(reader, seq) : undefined
}

/** By row: the first of the causes in other producers. */
function foreignCauses({ moreCauses }: LogChunk): ReadonlyMap<number, string> {
  const first = new Map<number, string>()
  for (const { row, id } of moreCauses) if (!first.has(row)) first.set(row, id)
  return first
}

function grown(old: Uint32Array, length: number): Uint32Array<ArrayBuffer> {
  const next = new Uint32Array(Math.ceil(length))
  next.set(old)
  return next
}
