/** A file that is being written, piece by piece. No method may be called after `finish` or `discard`. */
export interface Sink {
  /** Appends bytes. Await it before the next call; it rejects when they cannot be written. */
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void>
  /** Ends the file and resolves with its content, which may lie on disk. */
  finish(): Promise<Blob>
  /** Deletes what was written. */
  discard(): Promise<void>
}

/** Where exported files lie until the user has downloaded them. */
export interface ExportFiles {
  /** Begins a file. `name` is the name that the user will see, `type` the media type. */
  open(type: string, name: string): Promise<Sink>
  /** Deletes files that are so old that their download must be over. */
  sweep(): Promise<void>
  /** Deletes all of them. */
  forget(): Promise<void>
}

/** Bytes that are gathered in memory before they become a blob, which the browser may keep on disk. */
const PIECE = 4 << 20

/** Keeps a file in blobs. */
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

/** Keeps exported files in blobs, for places where nothing may, or can, be written to the disk. */
export const blobExports: ExportFiles = {
  open: async type => new BlobSink(type),
  sweep: async () => {},
  forget: async () => {},
}

/** Compresses what is written, as gzip, into another sink. */
export class GzipSink implements Sink {
  private readonly gzip = new CompressionStream('gzip')
  private readonly writer = this.gzip.writable.getWriter()
  private readonly done: Promise<void>

  constructor(private readonly to: Sink) {
    this.done = this.pump()
    this.done.catch(() => {})
  }

  async write(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    // When the other sink fails, `done` rejects; the writer alone would wait for ever.
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

  /** Passes compressed bytes on to the other sink until the stream ends. */
  private async pump(): Promise<void> {
    const reader = this.gzip.readable.getReader()
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      await this.to.write(value as Uint8Array<ArrayBuffer>)
    }
  }
}
