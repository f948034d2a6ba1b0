import type { MemoryChunk } from './chunk'
import type { LogChunk, TextSearch } from './reader'

/** Reads the text of a stored chunk. Resolves with undefined where it is lost, with null where `search` finds nothing in it. */
export type TextSource = (chunk: LogChunk, search?: TextSearch) => Promise<Uint8Array | undefined | null>

/** Counts the payload text of a log that is in memory, and drops text that can be read again. */
export class TextMemory {
  /** Bytes of text in memory, as it is or compressed. */
  bytes = 0
  /** Index of a chunk before which no chunk has text in memory. */
  private from = 0

  constructor(private readonly chunks: readonly MemoryChunk[]) {}

  /** Counts the text of a chunk that was added to the log. */
  add(chunk: MemoryChunk): void {
    this.bytes += chunk.textInMemory
  }

  /** Runs `change`, and counts what it does to the text of a chunk. */
  during(chunk: MemoryChunk, change: () => void): void {
    const before = chunk.textInMemory
    change()
    this.bytes += chunk.textInMemory - before
  }

  /** Drops text of chunks that are on disk, oldest first, until `budget` bytes are left. */
  trim(budget: number): void {
    const { chunks } = this
    while (this.bytes > budget && this.from < chunks.length - 1) {
      const chunk = chunks[this.from]!
      if (!chunk.persisted) break
      this.during(chunk, () => chunk.dropText())
      this.from++
    }
  }

  /** Subtracts the text of the first chunk, which was removed from the log. */
  dropped(first: MemoryChunk): void {
    this.bytes -= first.textInMemory
    this.from = Math.max(0, this.from - 1)
  }
}
