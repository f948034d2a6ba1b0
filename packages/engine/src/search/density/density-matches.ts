import type { MatchDensity, MatchRequest } from '../../contract/density'
import { chunkAt } from '../../log/order'
import type { LogChunk, LogReader } from '../../log/reader'
import { Turns } from '../../tasks/turns'
import type { SeqList } from '../scan/seq-list'
import { groupCount, groupTable, MOST_BUCKETS, whole } from './density'

/** A view's events in the order of time, and the log they are of. */
export interface FoundEvents {
  reader: LogReader
  list: SeqList
}

/** Events between two looks at the clock. */
const AT_ONCE = 1024

/** Counts what a view holds over time, beside what there is at all. What is asked later ends what is under way. */
export class MatchCounter {
  private latest = 0

  /** `found`: of the view as it is now; undefined: it is another one. */
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
      // What comes and goes meanwhile is counted twice or not at all: it is right in the next answer.
      now = found()
      if (turn !== this.latest || !now) return null
      chunk = undefined
    }
    return { from, to, buckets, groups, counts }
  }
}

function firstFrom({ reader, list }: FoundEvents, from: number): number {
  return list.countWhile(seq => {
    const chunk = chunkAt(reader, seq)
    return !chunk || (chunk.time[seq - chunk.firstSeq] as number) < from
  })
}
