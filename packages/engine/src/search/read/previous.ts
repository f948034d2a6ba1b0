import { chunkAt } from '../../log/order'
import type { LogChunk, LogReader } from '../../log/reader'
import { Turns } from '../../tasks/turns'

/** The event of the same type and take shown right before this one; -1: it is the first. */
export async function previousOfType(reader: LogReader, seq: number): Promise<number> {
  const own = chunkAt(reader, seq)
  if (!own) return -1
  const at: RowPlace = { chunk: own, row: seq - own.firstSeq }
  const turns = new Turns()
  let best: RowPlace | undefined
  // From its own chunk to older ones, then the younger ones: what came late may lie there.
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
    // Further up in an ordered chunk everything is older.
    if (chunk.monotonic && timeOf(best) < timeOf(at)) {
      if (row === firstRow || (chunk.time[row - 1] as number) < timeOf(best)) break
    }
  }
  return best
}

function timeOf({ chunk, row }: RowPlace): number {
  return chunk.time[row] as number
}

function compare(a: RowPlace, b: RowPlace): number {
  return (
    timeOf(a) - timeOf(b) ||
    (a.chunk.producer[a.row] as number) - (b.chunk.producer[b.row] as number) ||
    (a.chunk.n[a.row] as number) - (b.chunk.n[b.row] as number)
  )
}
