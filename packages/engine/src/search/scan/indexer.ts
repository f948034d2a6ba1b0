import { Scratch } from '../../codec/scratch'
import type { LogChunk, LogReader } from '../../log/reader'
import { IdleWork } from '../../tasks/idle-work'
import { nextTask } from '../../tasks/next-task'
import { type ChunkFacts, factsOf } from '../terms/chunk-facts'
import { gramsOf } from '../terms/grams'
import { anyHighByte } from '../terms/text-test'

/** Chunks of a session that are summed up, the newest ones: 32 kB each. */
const MOST = 2048

export interface IndexerDelegate {
  /** Something else is to be done: a search, a transfer. */
  busy(): boolean
  /** Sessions that may be searched, the likeliest first. */
  readers(): LogReader[]
}

/**
 * Sums up what the text of sealed chunks has while nothing else happens, newest first, so that a search reads only those that can hold
 * what it looks for. Nothing waits for it: what is not summed up is read.
 */
export class Indexer extends IdleWork {
  private readonly scratch = new Scratch()

  constructor(
    private readonly delegate: IndexerDelegate,
    now?: () => number,
  ) {
    super(() => delegate.busy(), now)
  }

  protected async run(): Promise<void> {
    for (const reader of this.delegate.readers()) {
      for (const chunk of indexable(reader).reverse()) {
        if (!this.goOn()) return
        const facts = factsOf(chunk)
        if (facts && !facts.grams && reader.chunks.includes(chunk)) await this.sumUp(reader, chunk, facts)
      }
    }
    this.scratch.clear()
  }

  private async sumUp(reader: LogReader, chunk: LogChunk, facts: ChunkFacts): Promise<void> {
    const { scratch } = this
    const payloads = (bytes: Uint8Array) => {
      facts.grams = gramsOf(bytes)
      facts.wide = anyHighByte(bytes)
      return false
    }
    const text = chunk.text ?? (await reader.searchText(chunk, { mayHold: payloads, scratch }))
    if (text && !facts.grams) payloads(text)
    // Lost: it holds nothing, and is not tried again.
    if (!text && !facts.grams) payloads(new Uint8Array(0))
    if (chunk.text) await nextTask()
  }
}

function indexable({ chunks }: LogReader): LogChunk[] {
  return chunks.filter(({ sealed, firstRow, count }) => sealed && firstRow < count).slice(-MOST)
}

/** Chunks that are summed up, and that can be. */
export function countIndexed(reader: LogReader | undefined): { indexedChunks: number; indexableChunks: number } {
  const chunks = reader ? indexable(reader) : []
  return { indexedChunks: chunks.filter(chunk => factsOf(chunk)?.grams).length, indexableChunks: chunks.length }
}
