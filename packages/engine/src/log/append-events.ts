import type { Batch } from '@playhead/shared/wire/columns'
import { appendRows, appendSparse, appendUnknown, type Translation } from './append-rows'
import type { ChunkList } from './chunk-list'
import type { ProducerLog } from './producer-log'

/**
 * Appends the events of a batch that are not in the log yet, in runs of consecutive numbers:
 *
 *     n in the batch   7 8 9 12 13 14      known already: 8, 12
 *     runs appended    7 | 9 | 13 14
 *
 * Returns whether gaps changed.
 */
export function appendEvents(chunks: ChunkList, batch: Batch, log: ProducerLog, how: Translation): boolean {
  const { n, count } = batch
  const first = n[0]!
  const whole = n[count - 1]! - first === count - 1
  let gaps = false
  let unknown = batch.unknown.length > 0
  for (let from = 0; from < count; ) {
    let to = count
    if (!whole) for (to = from + 1; to < count && n[to] === n[to - 1]! + 1; ) to++
    for (const [a, b] of log.newIn(n[from]!, n[to - 1]!)) {
      const row = from + a - n[from]!
      gaps = appendRun(chunks, batch, row, row + b - a + 1, log, how) || gaps
      if (unknown && chunks.last) appendUnknown(chunks.last, batch)
      unknown = false
    }
    from = to
  }
  return gaps
}

/** Appends rows `start` to `end` (exclusive) of a batch, whose n are consecutive and all new. Returns whether gaps changed. */
function appendRun(
  chunks: ChunkList,
  batch: Batch,
  start: number,
  end: number,
  log: ProducerLog,
  how: Translation,
): boolean {
  let gaps = false
  for (let from = start; from < end; ) {
    const chunk = chunks.hot()
    const to = Math.min(end, from + chunk.room)
    const at = chunk.count
    const seq = chunks.endSeq
    chunks.grow(chunk, () => {
      appendRows(chunk, batch, from, to, how)
      if (hasSparse(batch)) appendSparse(chunk, batch, from, to, at)
    })
    gaps = log.store(batch.n[from]!, to - from, seq, chunk.time[at]!, chunk.time[chunk.count - 1]!) || gaps
    if (chunk.full) chunks.seal(chunk)
    from = to
  }
  return gaps
}

function hasSparse(batch: Batch): boolean {
  const { facets, moreCauses, patches, foreignIds, artifacts, originalSizes } = batch
  const lists = moreCauses.length + patches.length + foreignIds.length + artifacts.length + originalSizes.length
  return lists + facets.length > 0
}
