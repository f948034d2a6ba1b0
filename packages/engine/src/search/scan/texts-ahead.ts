import { Scratch } from '../../codec/scratch'
import type { LogChunk, LogReader } from '../../log/reader'

/** Payload text of a chunk; undefined when it is lost, null when it was found to hold no match. */
type Text = Uint8Array | undefined | null

/** Texts that are being loaded, or wait to be used, beside the one that is used now. Those of four chunks are some MB. */
const MOST = 4

interface Load {
  /** `text` is set. */
  done: boolean
  text: Text
  promise: Promise<void>
}

/**
 * Loads the texts that a scan will need soon while it tests others. Three things go on at once: the disk reads one text, the one before it
 * is decompressed, and the one before that is searched.
 *
 *     disk reads      chunk 4   chunk 5   chunk 6
 *     decompressed              chunk 4   chunk 5
 *     searched                            chunk 4
 */
export class TextsAhead {
  /** Texts that were asked for, in the order in which the scan will need them. */
  private readonly loads = new Map<LogChunk, Load>()
  private readonly scratch = new Scratch()

  /** `mayHold` is false when a chunk's payloads (UTF-8, in any order) hold no match: then their order need not be restored. */
  constructor(
    private readonly reader: LogReader,
    private readonly mayHold: (chunk: LogChunk, payloads: Uint8Array) => boolean,
  ) {}

  /**
   * The text of `chunk` if it was loaded, valid until the next call; otherwise a promise to await before asking again. `next(count)` names
   * the chunks whose texts to load: `chunk` itself, then those that will be needed after it.
   */
  get(chunk: LogChunk, next: (count: number) => LogChunk[]): { text: Text } | Promise<void> {
    const { loads } = this
    if (loads.has(chunk)) this.dropBefore(chunk)
    // Several are begun together, because the disk then reads them in one go.
    if (!loads.has(chunk) || loads.size <= MOST / 2) for (const wanted of next(MOST + 1)) this.begin(wanted)
    const load = this.begin(chunk)
    return load.done ? { text: load.text } : load.promise
  }

  /** Forgets all texts, and lets the garbage collector have their buffers. */
  clear(): void {
    this.loads.clear()
    this.scratch.clear()
  }

  /** Gives back the texts that were to come before this chunk's: they were tested, or turned out not to be needed. */
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
