import { Scratch } from '../../codec/scratch'
import type { LogChunk, LogReader } from '../../log/reader'

type Text = Uint8Array | undefined | null

/** Texts under way at once. Four chunks of usual size are some MB. */
const MOST = 4

interface Load {
  done: boolean
  text: Text
  promise: Promise<void>
}

/**
 * Texts a scan will need soon, loaded while it tests others: the disk reads the next ones while this one is decompressed, and that
 * happens while another one is searched.
 */
export class TextsAhead {
  private readonly loads = new Map<LogChunk, Load>()

  private readonly scratch = new Scratch()

  /** `mayHold`: what of a chunk's payloads in any order can be looked for. */
  constructor(
    private readonly reader: LogReader,
    private readonly mayHold: (chunk: LogChunk, payloads: Uint8Array) => boolean,
  ) {}

  /** The text, good until another one is asked for; else what to wait for before asking again. `next`: the chunk itself and those that will be needed after it. */
  get(chunk: LogChunk, next: (count: number) => LogChunk[]): { text: Text } | Promise<void> {
    const { loads } = this
    if (loads.has(chunk)) this.dropBefore(chunk)
    // Several at a time: they are read in one go.
    if (!loads.has(chunk) || loads.size <= MOST / 2) for (const wanted of next(MOST + 1)) this.begin(wanted)
    const load = this.begin(chunk)
    return load.done ? { text: load.text } : load.promise
  }

  clear(): void {
    this.loads.clear()
    this.scratch.clear()
  }

  /** What should have come before it is tested, or not needed. */
  private dropBefore(chunk: LogChunk): void {
    for (const [other, { text }] of this.loads) {
      if (other === chunk) break
      this.loads.delete(other)
      if (text) this.scratch.give(text)
    }
  }

  private begin(chunk: LogChunk): Load {
    const known = this.loads.get(chunk)
    if (known) return known
    const load: Load = { done: false, text: undefined, promise: Promise.resolve() }
    const { scratch } = this
    load.promise = this.reader
      .searchText(chunk, { mayHold: payloads => this.mayHold(chunk, payloads), scratch })
      .catch(() => undefined)
      .then(text => {
        load.done = true
        load.text = text
      })
    this.loads.set(chunk, load)
    return load
  }
}
