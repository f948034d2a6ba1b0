import type { ExportedFile, ExportFormat } from '../contract/transfer'
import { type ExportFiles, GzipSink, type Sink } from './sink'

/** The files of one export, one after the other. After `finish` or `discard` nothing may follow. */
export class PartFiles {
  /** Bytes of all files as they are, compressed where they are. */
  bytes = 0
  private sink: Sink | undefined
  private readonly done: ExportedFile[] = []

  constructor(
    private readonly files: ExportFiles,
    private readonly type: string,
    private readonly name: string,
    private readonly format: ExportFormat,
  ) {}

  async write(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    this.sink ??= await this.open()
    await this.sink.write(bytes)
  }

  /** Ends a file; the next `write` begins another. */
  async endPart(): Promise<void> {
    const sink = this.sink ?? (await this.open())
    this.sink = undefined
    this.done.push({ blob: await sink.finish(), name: this.partName() })
  }

  async finish(): Promise<ExportedFile[]> {
    await this.endPart()
    return this.done
  }

  /** Leaves nothing behind. Files that are done already are removed with all old exports. */
  async discard(): Promise<void> {
    await this.sink?.discard()
  }

  private partName(): string {
    if (this.format.part === undefined) return this.name
    return this.name.replace(/(\.\w+(\.gz)?)$/, `-part${this.done.length + 1}$1`)
  }

  private async open(): Promise<Sink> {
    const file = await this.files.open(this.type, this.partName())
    const { write } = file
    file.write = async piece => {
      this.bytes += piece.length
      await write.call(file, piece)
    }
    return this.format.gzip ? new GzipSink(file) : file
  }
}
