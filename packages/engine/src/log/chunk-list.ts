import { MemoryChunk } from './chunk'
import type { ProducerLog } from './producer-log'
import { TextMemory } from './text-memory'

/**
 * The chunks of one log, in the order of their seqs: the last one grows, the first ones are evicted.
 *
 *     [ sealed, its first rows hidden | sealed | … | hot ]
 *         ↑ firstSeq                                    ↑ endSeq
 *
 * A chunk leaves whole. What of the first one was evicted already is hidden, so that the number of visible events is exact.
 */
export class ChunkList {
  readonly all: MemoryChunk[] = []
  /** Sealed chunks that are not on disk, the oldest first. */
  readonly unsaved: MemoryChunk[] = []
  /** Chunks on disk whose head must be written again. */
  readonly changedHeads = new Set<MemoryChunk>()
  readonly texts = new TextMemory(this.all)
  /** The seq of the first visible event, and of the next one that is appended. */
  firstSeq = 0
  endSeq = 0
  /** Visible events. */
  stored = 0
  /** Bytes on disk of chunks that were evicted since `takeEvictedBytes`. */
  private evictedBytes = 0

  get last(): MemoryChunk | undefined {
    return this.all[this.all.length - 1]
  }

  /** Bytes that the chunks take in memory. */
  get memory(): number {
    let bytes = 0
    for (const chunk of this.all) bytes += chunk.memory
    return bytes
  }

  /** Finds the chunk of a visible event. */
  at(seq: number): MemoryChunk | undefined {
    const { all } = this
    let low = 0
    let high = all.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const chunk = all[middle]!
      if (chunk.firstSeq + chunk.count <= seq) low = middle + 1
      else high = middle
    }
    const chunk = all[low]
    return chunk && seq >= chunk.firstSeq + chunk.firstRow && seq < chunk.firstSeq + chunk.count ? chunk : undefined
  }

  /** Returns the chunk that grows, a new one where the last is sealed. */
  hot(): MemoryChunk {
    const { last } = this
    if (last && !last.sealed) return last
    const chunk = MemoryChunk.hot(this.endSeq)
    this.all.push(chunk)
    this.texts.add(chunk)
    return chunk
  }

  /** Counts the rows that `append` adds to the chunk that grows. */
  grow(chunk: MemoryChunk, append: () => void): void {
    const before = chunk.count
    this.texts.during(chunk, append)
    this.endSeq += chunk.count - before
    this.stored += chunk.count - before
  }

  seal(chunk: MemoryChunk): void {
    this.texts.during(chunk, () => chunk.seal())
    this.unsaved.push(chunk)
  }

  /** Says where the chunks begin that follow with `restore`. */
  restoreFrom(seq: number): void {
    this.firstSeq = seq
    this.endSeq = seq
  }

  /** Adds a chunk that was read from the disk. They must come in the order of their seqs. */
  restore(chunk: MemoryChunk): void {
    this.all.push(chunk)
    this.endSeq = chunk.firstSeq + chunk.count
    this.stored += chunk.count - chunk.firstRow
    this.texts.add(chunk)
  }

  /** Evicts the oldest `count` visible events, and says so to their producers, which stand in `logs` by their code. */
  evict(count: number, logs: readonly ProducerLog[]): void {
    let left = count
    while (left > 0) {
      const chunk = this.all[0]
      if (!chunk) break
      const from = chunk.firstRow
      const to = Math.min(chunk.count, from + left)
      if (!chunk.hollow) evictRows(chunk, from, to, logs)
      left -= to - from
      if (!chunk.hollow) this.stored -= to - from
      chunk.firstRow = to
      this.firstSeq = chunk.firstSeq + to
      if (to < chunk.count || !chunk.sealed) break
      this.dropFirst(chunk)
      for (const log of logs) log.index.dropBelow(this.firstSeq)
    }
  }

  /** Returns the bytes on disk of the chunks that were evicted since the last call. */
  takeEvictedBytes(): number {
    const bytes = this.evictedBytes
    this.evictedBytes = 0
    return bytes
  }

  private dropFirst(chunk: MemoryChunk): void {
    this.all.shift()
    this.texts.dropped(chunk)
    this.evictedBytes += chunk.diskBytes
    if (this.unsaved[0] === chunk) this.unsaved.shift()
    this.changedHeads.delete(chunk)
    const next = this.all[0]
    if (next) this.firstSeq = next.firstSeq + next.firstRow
  }
}

/** Tells the producers of rows `from` to `to` (exclusive), one run of consecutive numbers at a time. */
function evictRows(chunk: MemoryChunk, from: number, to: number, logs: readonly ProducerLog[]): void {
  const { producer, n, time } = chunk
  for (let start = from; start < to; ) {
    const code = producer[start]!
    let end = start + 1
    while (end < to && producer[end] === code && n[end] === n[end - 1]! + 1) end++
    logs[code]?.evict(n[start]!, n[end - 1]!, time[start]!, time[end - 1]!)
    start = end
  }
}
