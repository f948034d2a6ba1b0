import { eventId } from '@playhead/shared/model/id'
import type { Relations } from '../../contract/event'
import { causeSeq, OUTSIDE } from '../../log/event-row'
import { chunkAt, compareSeqs } from '../../log/order'
import type { LogReader } from '../../log/reader'
import { readRelated } from './related'

/** Events in a chain of causes, at most. */
const MAX_CAUSES = 1000
/** Direct effects that are listed, at most; all are counted. */
const MAX_EFFECTS = 500

/**
 * Reads an event's causes up to its root, the nearest first, and its direct effects in shown order. Both are empty when the event is not in
 * the log; `outside` is true when the chain leads to a cause that is not in the log.
 */
export async function readRelations(reader: LogReader, seq: number): Promise<Relations> {
  const { chain, outside } = causesOf(reader, seq)
  const effects = effectsOf(reader, seq)
  const wanted = [...chain, ...effects.newest]
  const found = new Map((await readRelated(reader, wanted)).map(event => [event.seq, event]))
  const related = (of: number) => found.get(of) ?? []
  return {
    causes: chain.flatMap(related),
    outside,
    effects: effects.newest.flatMap(related),
    effectsTotal: effects.total,
  }
}

/** seqs of the event's causes, the nearest first. A cycle, which only a forged log can have, ends the chain where it closes. */
function causesOf(reader: LogReader, seq: number): { chain: number[]; outside: boolean } {
  const chain: number[] = []
  const seen = new Set([seq])
  let at = seq
  while (chain.length < MAX_CAUSES) {
    const chunk = at >= reader.firstSeq ? chunkAt(reader, at) : undefined
    if (!chunk) break
    at = causeSeq(reader, chunk, at - chunk.firstSeq)
    if (at === OUTSIDE) return { chain, outside: true }
    if (at < 0 || seen.has(at)) break
    seen.add(at)
    chain.push(at)
  }
  return { chain, outside: false }
}

/**
 * seqs of the event's direct effects: the newest 500, and how many there are. It looks at every chunk, as a late batch can bring an effect
 * before its cause; that takes about 1 ms for a million events.
 */
function effectsOf(reader: LogReader, seq: number): { newest: number[]; total: number } {
  const own = seq >= reader.firstSeq ? chunkAt(reader, seq) : undefined
  if (!own) return { newest: [], total: 0 }
  const producer = own.producer[seq - own.firstSeq] as number
  const n = own.n[seq - own.firstSeq] as number
  // A cause is named by the id that the recorder gave it, even if the event has an id of its own from elsewhere.
  const id = eventId(reader.producers[producer] ?? '', n)
  const newest: number[] = []
  let total = 0
  for (let index = reader.chunks.length - 1; index >= 0; index--) {
    const chunk = reader.chunks[index]
    if (!chunk) continue
    const found: number[] = []
    const { causeN, count } = chunk
    for (let row = chunk.firstRow; row < count; row++) {
      if (causeN[row] === n && chunk.producer[row] === producer) found.push(row)
    }
    for (const more of chunk.moreCauses) {
      if (more.id === id && more.row >= chunk.firstRow && !found.includes(more.row)) found.push(more.row)
    }
    total += found.length
    found.sort((a, b) => b - a)
    for (const row of found) if (newest.length < MAX_EFFECTS) newest.push(chunk.firstSeq + row)
  }
  return { newest: newest.sort((a, b) => compareSeqs(reader, a, b)), total }
}
