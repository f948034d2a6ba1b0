import { chunkAt } from '../../log/order'
import type { LogChunk, LogReader } from '../../log/reader'
import { Turns } from '../../tasks/turns'

/** seq of the event of the same type and take that is shown right before this one; -1 when it is the first or is not in the log. */
export async function previousOfType(reader: LogReader, seq: number): Promise<number> {
  const own = chunkAt(reader, seq)
  if (!own) return -1
  const at: RowPlace = { chunk: own, row: seq - own.firstSeq }
  const turns = new Turns()
  let best: RowPlace | undefined
  // The event is most likely in the same chunk or an older one. A batch that came late may have put it into a younger one.
  for (const chunk of nearestFirst([...reader.chunks], own)) {
    if (chunk.minTime > timeOf(at) || (best && chunk.maxTime < timeOf(best))) continue
    best = latestBefore(chunk, at, best)
    if (turns.due) await turns.next()
  }
  const found = best ? best.chunk.firstSeq + best.row : -1
  return found >= reader.firstSeq ? found : -1
}

interface RowPlace {
  chunk: LogChunk
  row: number
}

function* nearestFirst(chunks: readonly LogChunk[], own: LogChunk): Iterable<LogChunk> {
  const index = chunks.indexOf(own)
  for (let i = index; i >= 0; i--) yield chunks[i] as LogChunk
  for (let i = index + 1; i < chunks.length; i++) yield chunks[i] as LogChunk
}

/** The later of `known` and the last event in `chunk` that is shown before `at` and has its type and take. */
function latestBefore(chunk: LogChunk, at: RowPlace, known: RowPlace | undefined): RowPlace | undefined {
  const wanted = at.chunk.type[at.row] as number
  const take = at.chunk.take[at.row] as number
  const { type, firstRow } = chunk
  let best = known
  for (let row = chunk.count - 1; row >= firstRow; row--) {
    if (type[row] !== wanted || chunk.take[row] !== take) continue
    const candidate = { chunk, row }
    if (compare(candidate, at) >= 0 || (best && compare(candidate, best) <= 0)) continue
    best = candidate
    // In a chunk whose times never go down, no row further up can be later than this one.
    if (chunk.monotonic && timeOf(best) < timeOf(at)) {
      if (row === firstRow || (chunk.time[row - 1] as number) < timeOf(best)) break
    }
  }
  return best
}

function timeOf({ chunk, row }: RowPlace): number {
  return chunk.time[row] as number
}

/** Negative when `a` is shown before `b`. */
function compare(a: RowPlace, b: RowPlace): number {
  return (
    timeOf(a) - timeOf(b) ||
    (a.chunk.producer[a.row] as number) - (b.chunk.producer[b.row] as number) ||
    (a.chunk.n[a.row] as number) - (b.chunk.n[b.row] as number)
  )
}
