import type { LateFact } from '@playhead/shared/wire/columns'
import type { MemoryChunk } from './chunk'
import type { ChunkList } from './chunk-list'
import type { ProducerLog } from './producer-log'

/** Writes durations and flags to events that were stored before they were known. Returns the chunks it wrote to. */
export function applyLate(chunks: ChunkList, facts: readonly LateFact[], log: ProducerLog): MemoryChunk[] {
  const changed: MemoryChunk[] = []
  for (const { n, duration, flags } of facts) {
    const seq = log.index.seqOf(n)
    const chunk = seq < chunks.firstSeq ? undefined : chunks.at(seq)
    if (!chunk) continue
    const row = seq - chunk.firstSeq
    chunk.duration[row] = duration
    chunk.flags[row]! |= flags
    if (changed.at(-1) !== chunk) changed.push(chunk)
  }
  return changed
}
