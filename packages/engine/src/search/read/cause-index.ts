import { causeSeq, OUTSIDE, seqOfId } from '../../log/event-row'
import { chunkAt } from '../../log/order'
import type { LogChunk, LogReader } from '../../log/reader'
import { Turns } from '../../tasks/turns'

/**
 * The tree of one root: the root and all events that it brought about, directly or through others. Where an event has several causes, its
 * main one (the first) is its parent. Events are numbered in the order in which they were found, so a cause has a smaller number than its
 * effects:
 *
 *     place[seq − base]   number of the event + 1; 0: not in the tree        4 bytes for each event of the log
 *     seqs[k] parents[k]  seq of event k, and the number of its cause        8 bytes for each event of the tree
 *
 * The tree is found by passing over the log in the order of seqs: a row whose cause is in the tree joins it. One pass is enough where
 * causes come before their effects. Where a late batch brought an effect first, another pass follows, until none adds a cause of a row
 * that was passed too early.
 */
export class CauseIndex {
  /** seq by number; longer than `size`. */
  seqs = new Uint32Array(64)
  /** Number of the cause by number; the root is its own. */
  parents = new Uint32Array(64)
  /** Events in the tree. */
  size = 0
  /** The log's first seq when the index was begun. When older events are evicted later, the index must be made anew. */
  readonly base: number
  private place: Uint32Array
  /** seq behind the last event that was looked at. */
  private end: number
  /** Some row has a cause that was not in the log when it was looked at; it may have arrived since. */
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

  /** Number of the event in the tree; -1 when it is not in the tree. */
  numberOf(seq: number): number {
    return seq < this.base ? -1 : (this.place[seq - this.base] ?? 0) - 1
  }

  /**
   * Takes in the events that were appended since the last call. Only these are looked at, unless an older row's cause was missing: it may
   * be among them, so all rows are looked at again.
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

  /** Passes over seqs `from … to` (exclusive). Returns true when some row came before a cause that joined the tree later in the pass. */
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

  /**
   * Adds the rows `first … last` (exclusive) whose cause is in the tree. A cause below `to` with a higher seq than its effect, which is not
   * in the tree, goes into `early`.
   */
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

  /** Makes room for seqs up to `to` (exclusive). */
  private cover(to: number): void {
    const needed = to - this.base
    if (needed > this.place.length) this.place = grown(this.place, Math.max(needed, this.place.length * 1.25))
  }
}

/**
 * The event at the top of the chain of causes; `root` is -1 when event `seq` is not in the log. `outside`: the top has a cause that is not
 * in the log. A cycle, which only a forged log can have, ends where it closes.
 */
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

/** The chunk of an event that is in the log; undefined otherwise. */
function visible(reader: LogReader, seq: number): LogChunk | undefined {
  return seq >= reader.firstSeq ? chunkAt(reader, seq) : undefined
}

/** For each row that has causes in other producers, the id of the first. */
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
