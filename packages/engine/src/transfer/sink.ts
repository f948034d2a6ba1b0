/** Where an export goes, piece by piece. After `finish` or `discard` nothing may follow. */
export interface Sink {
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void>
  finish(): Promise<Blob>
  /** Leaves nothing behind. */
  discard(): Promise<void>
}

/** Where the files of exports lie until whoever asked for them has them. */
export interface ExportFiles {
  /** Begins a file. `name` is what its user will see, `type` its media type. */
  open(type: string, name: string): Promise<Sink>
  /** Deletes files that are so old that their download must be over. */
  sweep(): Promise<void>
  /** Deletes all of them. */
  forget(): Promise<void>
}

/** Bytes gathered before they become a blob, which the browser may keep on disk. */
const PIECE = 4 << 20

/** Keeps what is written in blobs. */
export class BlobSink implements Sink {
  private pieces: Blob[] = []
  private waiting: Uint8Array<ArrayBuffer>[] = []
  private bytes = 0

  constructor(private readonly type: string) {}

  async write(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    this.waiting.push(bytes)
    this.bytes += bytes.length
    if (this.bytes >= PIECE) this.seal()
  }

  async finish(): Promise<Blob> {
    this.seal()
    return new Blob(this.pieces, { type: this.type })
  }

  async discard(): Promise<void> {
    this.pieces = []
    this.waiting = []
  }

  private seal(): void {
    this.pieces.push(new Blob(this.waiting))
    this.waiting = []
    this.bytes = 0
  }
}

/** Exports that go into blobs: where nothing may be written to the disk, or nothing can. */
export const blobExports: ExportFiles = {
  open: async type => new BlobSink(type),
  sweep: async () => {},
  forget: async () => {},
}

/** Compresses what is written into another sink. */
export class GzipSink implements Sink {
  private readonly gzip = new CompressionStream('gzip')
  private readonly writer = this.gzip.writable.getWriter()
  private readonly done: Promise<void>

  constructor(private readonly to: Sink) {
    this.done = this.pump()
    this.done.catch(() => {})
  }

  async write(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    // Where the other sink fails, the writer would wait for ever.
    await Promise.race([this.writer.ready, this.done])
    await Promise.race([this.writer.write(bytes), this.done])
  }

  async finish(): Promise<Blob> {
    await Promise.all([this.writer.close(), this.done])
    return this.to.finish()
  }

  async discard(): Promise<void> {
    void this.writer.abort().catch(() => {})
    await this.done.catch(() => {})
    await this.to.discard()
  }

  private async pump(): Promise<void> {
    const reader = this.gzip.readable.getReader()
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      await this.to.write(value as Uint8Array<ArrayBuffer>)
    }
  }
}
