import { eventId } from '@playhead/shared/model/id'
import { causeSeq } from '../../log/event-row'
import type { SteadyChunk, SteadyLog } from '../../log/reader'
import { rowTest } from './row-tests'
import type { TermTest } from './term-test'

/** Events of which this one is a cause. */
export function causeTest(seq: number, reader: SteadyLog): TermTest {
  const own = seq >= reader.firstSeq ? reader.chunkOf(seq) : undefined
  if (!own) return rowTest(() => () => false)
  const code = own.producer[seq - own.firstSeq] as number
  const n = own.n[seq - own.firstSeq] as number
  // Causes are told by our ids, also where the event brought one of its own.
  const id = eventId(reader.producers[code] ?? '', n)
  return rowTest(({ causeN, producer, moreCauses }) => {
    const more = new Set(moreCauses.filter(cause => cause.id === id).map(({ row }) => row))
    return row => (causeN[row] === n && producer[row] === code) || more.has(row)
  })
}

/** The whole tree an event belongs to: its root and whatever that brought about, by first causes. */
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

class Tree {
  /** A cause came after its effect: rows that were asked about have become members. */
  stale = false
  private readonly members = new Set<number>()
  private end: number
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

  /** Takes in what was appended since. A late batch can bring an effect before its cause: then all is looked at once more. */
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
    // Evicted causes do not count: what belonged together still does.
    const root = rootOf(reader, this.seq)
    if (root >= 0 && !this.members.has(root)) this.stale = true
  }

  private take(chunk: SteadyChunk, from: number): void {
    for (let row = Math.max(chunk.firstRow, from - chunk.firstSeq); row < chunk.count; row++) {
      if (chunk.causeKind[row] === 0 || this.members.has(chunk.firstSeq + row)) continue
      if (this.members.has(causeSeq(this.reader, chunk, row))) this.members.add(chunk.firstSeq + row)
    }
  }
}

/** The topmost known cause; -1: the event is not in the log. A cycle (only a forged log has one) ends where it closes. */
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

function visible(reader: SteadyLog, seq: number): SteadyChunk | undefined {
  return seq >= reader.firstSeq ? reader.chunkOf(seq) : undefined
}
