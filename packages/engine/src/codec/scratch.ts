/** Free buffers that are kept for later, at most. */
const MOST = 8
/** Bytes by whose multiples buffers are made, so that chunks of about one size can share them. */
const GRAIN = 256 << 10

/**
 * A pool of byte buffers for work that needs one per chunk. Making a new buffer costs more than filling it, because the system maps its
 * memory page by page.
 */
export class Scratch {
  private free: ArrayBuffer[] = []
  /** The buffers that this pool made. */
  private readonly own = new WeakSet<ArrayBufferLike>()

  /** Returns `size` bytes. They are not zeroed: they may hold what an earlier user wrote. */
  take(size: number): Uint8Array<ArrayBuffer> {
    const at = this.free.findIndex(buffer => buffer.byteLength >= size)
    const buffer = this.free.splice(at, at < 0 ? 0 : 1)[0] ?? new ArrayBuffer(Math.ceil(size / GRAIN) * GRAIN)
    this.own.add(buffer)
    return new Uint8Array(buffer, 0, size)
  }

  /** Puts the buffer under a view back into the pool; nobody may read it any more. A buffer that the pool did not make is ignored. */
  give({ buffer }: Uint8Array): void {
    const { free, own } = this
    if (!own.has(buffer) || free.includes(buffer as ArrayBuffer) || free.length >= MOST) return
    free.push(buffer as ArrayBuffer)
  }

  /** Lets the garbage collector have the free buffers. */
  clear(): void {
    this.free = []
  }
}
