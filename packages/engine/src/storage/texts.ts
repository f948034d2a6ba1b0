import { messageOf } from '@playhead/shared/values/message-of'
import { openBody } from '../codec/body'
import type { LogChunk, TextSearch } from '../log/reader'

/** At most so many bytes of text are kept of the chunks that were read last. */
const MOST_KEPT = 16 << 20

/** Finds the body of a chunk, on disk or compressed in memory. Resolves with undefined where it is not there. */
export type BodySource = (chunk: LogChunk) => Promise<ArrayBuffer | undefined>

/**
 * Reads the text of chunks that have it on disk, or compressed in memory, and keeps what was read last. Both `load` and `search` resolve
 * with undefined where the text is lost, and reject when the disk refuses.
 */
export class TextReader {
  /** First seqs of the chunks whose body is missing or damaged: their events stay, their payloads are lost. */
  readonly lost = new Set<number>()
  private readonly cache = new Map<number, Promise<Uint8Array | undefined>>()
  private readonly sizes = new Map<number, number>()
  private bytes = 0

  constructor(
    private readonly bodyOf: BodySource,
    /** Is called once for each chunk whose text is lost. */
    private readonly onLost: (chunk: LogChunk, why: string) => void,
    /** Returns the bytes of text that may be kept. */
    private readonly budget: () => number = () => MOST_KEPT,
  ) {}

  /** Returns the text of a chunk, and keeps it. */
  load(chunk: LogChunk): Promise<Uint8Array | undefined> {
    return this.known(chunk) ?? this.remember(chunk, this.read(chunk) as Promise<Uint8Array | undefined>)
  }

  /** Returns the text of a chunk without keeping it; null where `search` finds nothing in it. */
  search(chunk: LogChunk, search: TextSearch): Promise<Uint8Array | undefined | null> {
    return this.known(chunk) ?? this.read(chunk, search)
  }

  private known(chunk: LogChunk): Promise<Uint8Array | undefined> | undefined {
    const { firstSeq } = chunk
    const known = this.cache.get(firstSeq)
    if (!known) return undefined
    // The cache is in the order of use: what was asked for last stands last.
    this.cache.delete(firstSeq)
    this.cache.set(firstSeq, known)
    return known
  }

  private remember(chunk: LogChunk, loading: Promise<Uint8Array | undefined>): Promise<Uint8Array | undefined> {
    const { firstSeq } = chunk
    this.cache.set(firstSeq, loading)
    loading.then(
      text => this.keep(firstSeq, text?.length ?? 0),
      // The disk refused. It may work again, so the text is not lost.
      () => this.cache.delete(firstSeq),
    )
    return loading
  }

  /** Returns null only where a search was given, and finds nothing. */
  private async read(chunk: LogChunk, search?: TextSearch): Promise<Uint8Array | undefined | null> {
    if (chunk.count === chunk.firstRow) return undefined
    const body = await this.bodyOf(chunk)
    try {
      if (body) {
        const payloads = await openBody(body, chunk, search?.scratch)
        if (!search || search.mayHold(payloads.bytes)) return payloads.inOrder()
        search.scratch.give(payloads.bytes)
        return null
      }
      // A chunk that was evicted while it was read is not lost.
      if (chunk.firstRow < chunk.count) this.lose(chunk, 'it is not there')
    } catch (error) {
      this.lose(chunk, messageOf(error))
    }
    return undefined
  }

  private keep(firstSeq: number, size: number): void {
    const most = Math.min(MOST_KEPT, this.budget())
    this.sizes.set(firstSeq, size)
    this.bytes += size
    for (const oldest of this.cache.keys()) {
      if (this.bytes <= most || oldest === firstSeq) break
      const freed = this.sizes.get(oldest)
      if (freed === undefined) continue
      this.bytes -= freed
      this.sizes.delete(oldest)
      this.cache.delete(oldest)
    }
  }

  private lose(chunk: LogChunk, why: string): void {
    if (this.lost.has(chunk.firstSeq)) return
    this.lost.add(chunk.firstSeq)
    this.onLost(chunk, why)
  }
}
