import type { MatchDensity, MatchRequest } from '../../contract/density'
import { chunkAt } from '../../log/order'
import type { LogChunk, LogReader } from '../../log/reader'
import { Turns } from '../../tasks/turns'
import type { SeqList } from '../scan/seq-list'
import { groupCount, groupTable, MOST_BUCKETS, whole } from './density'

/** The seqs of a view's events by time, and the log that they belong to. */
export interface FoundEvents {
  reader: LogReader
  list: SeqList
}

/** Events that are counted between two looks at the clock. */
const AT_ONCE = 1024

/**
 * Counts a view's events over time, for the part of the timeline that is drawn over the density of all events. A later call ends the one
 * under way, whose answer is null.
 */
export class MatchCounter {
  private latest = 0

  /**
   * `found` gives the events of the view as they are now, and undefined once the view was replaced. Resolves with null when it was, or when
   * a later call was made.
   */
  async count(request: MatchRequest, found: () => FoundEvents | undefined): Promise<MatchDensity | null> {
    const turn = ++this.latest
    const { from, to } = request
    const buckets = whole(request.buckets, 1, MOST_BUCKETS)
    const groups = groupCount(request.groups)
    const groupOf = groupTable(request.groups, groups)
    const counts = new Uint32Array(buckets * groups)
    const scale = to > from ? buckets / (to - from) : 0
    const turns = new Turns()
    let now = found()
    if (!now) return null
    let chunk: LogChunk | undefined
    for (let index = firstFrom(now, from); index < now.list.length; index++) {
      const seq = now.list.at(index)
      if (!chunk || seq < chunk.firstSeq || seq >= chunk.firstSeq + chunk.count) chunk = chunkAt(now.reader, seq)
      if (chunk) {
        const row = seq - chunk.firstSeq
        const time = chunk.time[row] as number
        if (time > to) break
        const bucket = Math.min(buckets - 1, ((time - from) * scale) | 0)
        counts[bucket * groups + (groupOf[chunk.type[row] as number] as number)]! += 1
      }
      if (index % AT_ONCE !== 0 || !turns.due) continue
      await turns.next()
      // The list may have changed meanwhile, so some events are counted twice or not at all; the next answer has them right.
      now = found()
      if (turn !== this.latest || !now) return null
      chunk = undefined
    }
    return { from, to, buckets, groups, counts }
  }
}

/** Index of the first event at or after `from` (session ms). */
function firstFrom({ reader, list }: FoundEvents, from: number): number {
  return list.countWhile(seq => {
    const chunk = chunkAt(reader, seq)
    return !chunk || (chunk.time[seq - chunk.firstSeq] as number) < from
  })
}
