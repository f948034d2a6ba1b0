import { eventId } from '@playhead/shared/model/id'
import { causeSeq } from '../../log/event-row'
import type { SteadyChunk, SteadyLog } from '../../log/reader'
import { rowTest } from './row-tests'
import type { TermTest } from './term-test'

/** Tests for events that have event `seq` among their causes. No event passes when `seq` is not in the log. */
export function causeTest(seq: number, reader: SteadyLog): TermTest {
  const own = seq >= reader.firstSeq ? reader.chunkOf(seq) : undefined
  if (!own) return rowTest(() => () => false)
  const code = own.producer[seq - own.firstSeq] as number
  const n = own.n[seq - own.firstSeq] as number
  // A cause is named by the id that the recorder gave it, even if the event has an id of its own from elsewhere.
  const id = eventId(reader.producers[code] ?? '', n)
  return rowTest(({ causeN, producer, moreCauses }) => {
    const more = new Set(moreCauses.filter(cause => cause.id === id).map(({ row }) => row))
    return row => (causeN[row] === n && producer[row] === code) || more.has(row)
  })
}

/** Tests for events of the tree that event `seq` belongs to: its root, and all that the root brought about. Main causes count only. */
export function chainTest(seq: number, reader: SteadyLog): TermTest {
  const tree = new Tree(reader, seq)
  const { narrow } = rowTest(({ firstSeq }) => {
    tree.extend()
    return row => tree.has(firstSeq + row)
  })
  return {
    narrow,
    get stale() {
      return tree.stale
    },
  }
}

/** The seqs of the events of one tree. */
class Tree {
  /** Events that were tested before have become members, because their cause arrived after them. */
  stale = false
  private readonly members = new Set<number>()
  /** seq behind the last event that was looked at. */
  private end: number
  /** seq of the root; -1 when the tree's event is not in the log. */
  private readonly root: number

  constructor(
    private readonly reader: SteadyLog,
    private readonly seq: number,
  ) {
    this.root = rootOf(reader, seq)
    this.end = reader.firstSeq
    if (this.root >= 0) this.members.add(this.root)
  }

  has(seq: number): boolean {
    return this.members.has(seq)
  }

  /** Adds members among the events that arrived since the last call. While that adds some, all events are looked at once more. */
  extend(): void {
    const { reader } = this
    if (this.root < 0 || this.end === reader.endSeq) return
    const known = this.end
    let from = known
    this.end = reader.endSeq
    for (;;) {
      const { size } = this.members
      for (const chunk of reader.chunks) if (chunk.firstSeq + chunk.count > from) this.take(chunk, from)
      if (this.members.size === size) break
      if (from < known) this.stale = true
      from = reader.firstSeq
    }
    // A root that is not a member has arrived late. One further down, because causes were evicted, is a member and changes nothing.
    const root = rootOf(reader, this.seq)
    if (root >= 0 && !this.members.has(root)) this.stale = true
  }

  /** Adds the rows of a chunk, from seq `from` on, whose cause is a member. */
  private take(chunk: SteadyChunk, from: number): void {
    for (let row = Math.max(chunk.firstRow, from - chunk.firstSeq); row < chunk.count; row++) {
      if (chunk.causeKind[row] === 0 || this.members.has(chunk.firstSeq + row)) continue
      if (this.members.has(causeSeq(this.reader, chunk, row))) this.members.add(chunk.firstSeq + row)
    }
  }
}

/**
 * seq of the event at the top of the chain of causes; -1 when event `seq` is not in the log. A cycle, which only a forged log can have,
 * ends where it closes.
 */
function rootOf(reader: SteadyLog, seq: number): number {
  const seen = new Set<number>()
  let at = seq
  let chunk = visible(reader, at)
  if (!chunk) return -1
  for (;;) {
    seen.add(at)
    const cause = causeSeq(reader, chunk, at - chunk.firstSeq)
    const next = cause >= 0 && !seen.has(cause) ? visible(reader, cause) : undefined
    if (!next) return at
    at = cause
    chunk = next
  }
}

/** The chunk of an event that is in the log; undefined otherwise. */
function visible(reader: SteadyLog, seq: number): SteadyChunk | undefined {
  return seq >= reader.firstSeq ? reader.chunkOf(seq) : undefined
}
