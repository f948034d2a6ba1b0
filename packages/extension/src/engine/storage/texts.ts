import { inflateBody } from '../compress/body'
import type { LogChunk } from '../log/reader'

/** Bytes of text kept of what was read last. */
const KEPT = 16 << 20

/** Where the body of a chunk is: on disk, or compressed in memory. Undefined: it is not there. */
export type BodySource = (chunk: LogChunk) => Promise<ArrayBuffer | undefined>

/** Reads payload text that is not in memory as it is, and keeps what was read last. */
export class TextReader {
  /** First seqs of chunks whose body is missing or damaged: their events stay, their payloads are gone. */
  readonly lost = new Set<number>()
  private readonly cache = new Map<number, Promise<Uint8Array | undefined>>()
  private readonly sizes = new Map<number, number>()
  private bytes = 0

  constructor(
    private readonly bodyOf: BodySource,
    private readonly onLost: (chunk: LogChunk, why: string) => void,
    private readonly kept = KEPT,
  ) {}

  load(chunk: LogChunk): Promise<Uint8Array | undefined> {
    const { firstSeq } = chunk
    const { cache } = this
    const known = cache.get(firstSeq)
    cache.delete(firstSeq)
    const loading = known ?? this.read(chunk)
    cache.set(firstSeq, loading)
    return loading
  }

  private async read(chunk: LogChunk): Promise<Uint8Array | undefined> {
    const { firstSeq } = chunk
    if (chunk.count === chunk.firstRow) return undefined
    const body = await this.bodyOf(chunk).catch(error => {
      // The disk may work again: not lost.
      this.cache.delete(firstSeq)
      throw error
    })
    let text: Uint8Array | undefined
    try {
      if (body) text = await inflateBody(body, chunk)
      // Evicted while it was read: gone, not lost.
      else if (chunk.firstRow < chunk.count) this.lose(chunk, 'it is not there')
    } catch (error) {
      this.lose(chunk, error instanceof Error ? error.message : String(error))
    }
    this.keep(firstSeq, text?.length ?? 0)
    return text
  }

  private keep(firstSeq: number, size: number): void {
    this.sizes.set(firstSeq, size)
    this.bytes += size
    for (const oldest of this.cache.keys()) {
      if (this.bytes <= this.kept || oldest === firstSeq) break
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
