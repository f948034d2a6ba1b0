/** Buffers that are free, at most. */
const MOST = 8
const GRAIN = 256 << 10

/**
 * Buffers that are used again. To make a new one for every chunk costs more than to fill it: the system gives its pages one by one.
 * What `take` gave holds anything.
 */
export class Scratch {
  private free: ArrayBuffer[] = []
  private readonly own = new WeakSet<ArrayBufferLike>()

  take(size: number): Uint8Array<ArrayBuffer> {
    const at = this.free.findIndex(buffer => buffer.byteLength >= size)
    const buffer = this.free.splice(at, at < 0 ? 0 : 1)[0] ?? new ArrayBuffer(Math.ceil(size / GRAIN) * GRAIN)
    this.own.add(buffer)
    return new Uint8Array(buffer, 0, size)
  }

  /** Nobody reads it any more. What came from elsewhere is left alone. */
  give({ buffer }: Uint8Array): void {
    const { free, own } = this
    if (!own.has(buffer) || free.includes(buffer as ArrayBuffer) || free.length >= MOST) return
    free.push(buffer as ArrayBuffer)
  }

  clear(): void {
    this.free = []
  }
}
