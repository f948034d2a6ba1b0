import type { MemoryChunk } from './chunk'

/** How much payload text of a log is in memory, and which can go. */
export class TextMemory {
  bytes = 0
  /** Chunks before this one have no text in memory. */
  private from = 0

  constructor(private readonly chunks: readonly MemoryChunk[]) {}

  add(chunk: MemoryChunk): void {
    this.bytes += chunk.textInMemory
  }

  /** Counts what `change` does to the chunk's text. */
  during(chunk: MemoryChunk, change: () => void): void {
    const before = chunk.textInMemory
    change()
    this.bytes += chunk.textInMemory - before
  }

  /** Drops the text of stored chunks, oldest first, down to the budget: it can be read again. */
  trim(budget: number): void {
    const { chunks } = this
    while (this.bytes > budget && this.from < chunks.length - 1) {
      const chunk = chunks[this.from]!
      if (!chunk.persisted) break
      this.during(chunk, () => chunk.dropText())
      this.from++
    }
  }

  /** The first chunk is no longer one of them. */
  dropped(first: MemoryChunk): void {
    this.bytes -= first.textInMemory
    this.from = Math.max(0, this.from - 1)
  }
}
