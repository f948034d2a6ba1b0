import { Scratch } from '../../codec/scratch'
import type { LogChunk, LogReader } from '../../log/reader'
import { IdleWork } from '../../tasks/idle-work'
import { nextTask } from '../../tasks/next-task'
import { type ChunkFacts, factsOf } from '../terms/chunk-facts'
import { gramsOf } from '../terms/grams'
import { anyHighByte } from '../terms/text-test'

/** Chunks of a session that get a summary: the newest ones. A summary takes 32 KiB, so these take 64 MiB at most. */
const MOST = 2048

export interface IndexerDelegate {
  /** Whether a search, an import or an export is under way, which has precedence over indexing. */
  busy(): boolean
  /** The logs that may be searched, the one that the user looks at first. */
  readers(): LogReader[]
}

/**
 * Makes a summary of the text of each sealed chunk while the engine is idle, so that a later search reads only the chunks that can hold
 * what it looks for.
 *
 *     idle     text of chunk 7 ──▶ gramsOf ──▶ grams: 2¹⁸ bits, one set for each run of 4 bytes (and of 2) in it    (terms/grams.ts)
 *                                                │
 *     search   "checkout" ──▶ bitsOf ──▶ runs "chec" "heck" "ecko" … ── is every bit set?
 *                                                                         no   the chunk is skipped: its text is not read
 *                                                                         yes  it may hold the word: text is read and searched
 *
 * Bits are hashes, so two runs may share one: a summary can only say for certain that a word is not there. Summaries are kept in memory
 * with the chunk (`ChunkFacts`), are never stored, and vanish with the chunk. Nothing depends on the indexer: a chunk without a summary
 * is read. The newest chunks of a session come first, because searches go from new to old.
 */
export class Indexer extends IdleWork {
  private readonly scratch = new Scratch()

  /** `now`: a clock in ms that never goes back. */
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

  /** Sets the summary of one chunk. The payloads are enough in any order, so they are told from `mayHold` before the order is restored. */
  private async sumUp(reader: LogReader, chunk: LogChunk, facts: ChunkFacts): Promise<void> {
    const { scratch } = this
    const payloads = (bytes: Uint8Array) => {
      facts.grams = gramsOf(bytes)
      facts.wide = anyHighByte(bytes)
      return false
    }
    const text = chunk.text ?? (await reader.searchText(chunk, { mayHold: payloads, scratch }))
    if (text && !facts.grams) payloads(text)
    // The text is lost: the summary of an empty text keeps searches from trying to read it again.
    if (!text && !facts.grams) payloads(new Uint8Array(0))
    if (chunk.text) await nextTask()
  }
}

/** The chunks of a log that get a summary, oldest first. */
function indexable({ chunks }: LogReader): LogChunk[] {
  return chunks.filter(({ sealed, firstRow, count }) => sealed && firstRow < count).slice(-MOST)
}

/** For the status line: chunks that have a summary, and chunks that are to have one. Both 0 without a log. */
export function countIndexed(reader: LogReader | undefined): { indexedChunks: number; indexableChunks: number } {
  const chunks = reader ? indexable(reader) : []
  return { indexedChunks: chunks.filter(chunk => factsOf(chunk)?.grams).length, indexableChunks: chunks.length }
}
