import { decodeBody, rawBodyBytes } from '@playhead/shared/wire/body-codec'
import { deflateBody, isDeflated } from '../codec/body'
import type { MemoryChunk } from '../log/chunk'
import type { SessionLog } from '../log/session-log'
import { IdleWork } from '../tasks/idle-work'
import type { PackOutcome, PackTarget } from './targets'

/** Bytes of text below which compressing a chunk saves less than the transaction that stores it costs. */
const SMALL = 1024

export interface CompressorDelegate {
  /** Whether a search, an import or an export is under way, which has precedence over compressing. */
  busy(): boolean
  /** The sessions whose chunks may be compressed, those to be compressed first in front. */
  targets(): Promise<PackTarget[]>
}

/**
 * Compresses the bodies of sealed chunks while the engine is idle, one chunk at a time, the oldest of a session first. Nothing depends on
 * it: a chunk is read and searched with either kind of body. For each chunk:
 *
 *     wanted? ─▶ text: in memory, or from the stored body ─▶ deflate (asks goOn every ms) ─▶ saves 10 %? ─▶ target.replace
 *       no: next     missing or damaged: skipped               idle time over: later           no: skipped      the disk decides
 *
 * A chunk that was skipped is not looked at again while the session is open. `later` passes to the next session: the next idle time
 * begins with this chunk again.
 */
export class Compressor extends IdleWork {
  /** Chunks that were skipped: their body is missing or damaged, or compressing saves less than a tenth. */
  private readonly left = new WeakSet<MemoryChunk>()

  /** `now`: a clock in ms that never goes back. */
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
      // Another panel compressed it, or a panel that ended before it could note the new size.
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

/**
 * What compressing did for a session, for the status line: the number of chunks with a compressed and with a raw body, the bytes saved on
 * disk or in memory, and the bytes of payload text that are in memory. All 0 without a log.
 */
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
