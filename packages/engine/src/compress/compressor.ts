import { decodeBody, rawBodyBytes } from '@playhead/shared/wire/body-codec'
import { deflateBody, isDeflated } from '../codec/body'
import type { MemoryChunk } from '../log/chunk'
import type { SessionLog } from '../log/session-log'
import { IdleWork } from '../tasks/idle-work'
import type { PackOutcome, PackTarget } from './targets'

/** Bytes of text below which it is not worth a transaction. */
const SMALL = 1024

export interface CompressorDelegate {
  /** Something else is to be done: a search, a transfer. */
  busy(): boolean
  targets(): Promise<PackTarget[]>
}

/** Compresses sealed chunks while nothing else happens: oldest first, one at a time. Nothing waits for it. */
export class Compressor extends IdleWork {
  /** Chunks that cannot be compressed, or not to much less. */
  private readonly left = new WeakSet<MemoryChunk>()

  constructor(
    private readonly delegate: CompressorDelegate,
    now?: () => number,
  ) {
    super(() => delegate.busy(), now)
  }

  protected async run(): Promise<void> {
    for (const target of await this.delegate.targets()) {
      for (const chunk of [...target.log.chunks]) {
        if (!this.goOn()) return
        if (!this.wants(target, chunk)) continue
        const outcome = await this.pack(target, chunk)
        if (outcome === 'later') break
        if (outcome === 'skipped') this.left.add(chunk)
      }
    }
  }

  private wants(target: PackTarget, chunk: MemoryChunk): boolean {
    if (!chunk.sealed || chunk.hollow || chunk.packedBytes > 0 || chunk.textBytes < SMALL) return false
    return chunk.firstRow < chunk.count && !this.left.has(chunk) && target.ready(chunk)
  }

  private async pack(target: PackTarget, chunk: MemoryChunk): Promise<PackOutcome> {
    let { text } = chunk
    if (!text) {
      const stored = await target.body(chunk)
      if (!stored) return 'skipped'
      // Somebody else did it, or nobody heard that it was done.
      if (isDeflated(stored)) return target.replace(chunk, stored)
      try {
        text = decodeBody(stored, chunk)
      } catch {
        return 'skipped'
      }
    }
    const body = await deflateBody(text, chunk, () => this.goOn())
    if (!body) return 'later'
    if (body.byteLength > text.length * 0.9) return 'skipped'
    return target.replace(chunk, body)
  }
}

/** Chunks with text: compressed, and as they are; bytes that compressing saved, and bytes of text in memory. */
export function countPacked(log: SessionLog | undefined) {
  const counts = { compressedChunks: 0, rawChunks: 0, savedBytes: 0, textInMemory: 0 }
  for (const { hollow, packedBytes, textBytes, textInMemory } of log?.chunks ?? []) {
    counts.textInMemory += textInMemory
    if (packedBytes > 0) {
      counts.compressedChunks++
      counts.savedBytes += rawBodyBytes(textBytes) - packedBytes
    } else if (!hollow) counts.rawChunks++
  }
  return counts
}
