import { chunkAt } from '../../log/order'
import type { LogReader } from '../../log/reader'
import type { SeqList } from '../scan/seq-list'

/** seq of the list's event nearest to `time` (session ms), the earlier of two equally near ones; -1 when the list is empty. */
export function nearestInTime(reader: LogReader, list: SeqList, time: number): number {
  if (list.length === 0) return -1
  const timeOf = (seq: number) => {
    const chunk = chunkAt(reader, seq)
    return chunk ? (chunk.time[seq - chunk.firstSeq] as number) : Number.NEGATIVE_INFINITY
  }
  const after = list.countWhile(seq => timeOf(seq) < time)
  if (after === list.length) return list.at(after - 1)
  const next = list.at(after)
  if (after === 0 || timeOf(next) - time < time - timeOf(list.at(after - 1))) return next
  return list.at(after - 1)
}
