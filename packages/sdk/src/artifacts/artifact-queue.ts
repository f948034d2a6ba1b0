import { Limits } from '@playhead/shared/wire/limits'
import type { ArtifactMessage } from '@playhead/shared/wire/messages'
import { stringify, warnOnce } from '../page/natives'
import { digest } from './digest'
import type { GivenArtifact } from './given-artifact'

/** At most so many bytes, and so many artifacts, wait for a panel. */
const KEPT_BYTES = 2 * Limits.artifactBytes
const KEPT = 256

/** What the queue is handed to record marks and to send bytes. */
export interface ArtifactDelegate {
  /**
   * Records a mark at the moment of the app's call: `time` in ms on the producer's clock, `afterN` the number of the last event before it.
   */
  mark(name: string, data: string, time: number, afterN: number): void
  /** Sends the bytes to the panel. Returns false where there is none. */
  send(message: ArtifactMessage): boolean
}

/** An artifact that waits in the page. While `ref` is undefined, its bytes have not been read and hashed yet. */
interface QueuedArtifact {
  message: Omit<ArtifactMessage, 'ref' | 'data'>
  bytes: number
  ref: string | undefined
  data: ArrayBuffer | undefined
}

/**
 * Holds artifacts from the app's call until a panel has them on disk:
 *
 *     add → list (bounded, the oldest go) → read, SHA-256 → mark in the log, bytes to the panel → removed when the panel says `kept`
 *
 * A mark names the hash, and is what the session knows of the artifact; one without a hash says that the bytes are lost. Where the page
 * cannot hash, because it is no secure context, the engine hashes the bytes and sets the mark.
 */
export class ArtifactQueue {
  /** Counts the artifacts whose bytes had to go before a panel had them on disk. */
  lost = 0
  bytes = 0
  private list: QueuedArtifact[] = []
  private next = 1

  constructor(private readonly delegate: ArtifactDelegate) {}

  get kept(): number {
    return this.list.length
  }

  add({ name, data, type: wanted, time, afterN }: GivenArtifact): void {
    const content = contentOf(data)
    if (!content) {
      warnOnce('an artifact is text, an ArrayBuffer, a Uint8Array or a Blob; something else was not kept')
      return
    }
    const type = String(wanted ?? content.type).slice(0, Limits.artifactType)
    const message = { t: 'artifact' as const, id: this.next++, name: name.slice(0, Limits.name), type, time, afterN }
    const kept: QueuedArtifact = { message, bytes: content.bytes, ref: undefined, data: undefined }
    if (content.bytes > Limits.artifactBytes) {
      warnOnce(`an artifact is larger than ${Limits.artifactBytes >> 20} MiB and was not kept`)
      this.mark(kept, '')
      return
    }
    this.list.push(kept)
    this.bytes += kept.bytes
    while (this.bytes > KEPT_BYTES || this.list.length > KEPT) this.lose(this.list[0] as QueuedArtifact)
    void this.take(kept, content.read)
  }

  /** Sends all of them to a panel that has just begun to listen. */
  sendAll(): void {
    for (const kept of this.list) this.send(kept)
  }

  /** Removes the artifact with that number: the panel has it on disk. */
  settle(id: number): void {
    const kept = this.list.find(({ message }) => message.id === id)
    if (kept) this.remove(kept)
  }

  clear(): void {
    this.list = []
    this.bytes = 0
  }

  private async take(kept: QueuedArtifact, read: () => ArrayBuffer | Promise<ArrayBuffer>): Promise<void> {
    try {
      await this.read(kept, read)
    } catch (error) {
      warnOnce('an artifact could not be read', error)
      this.lose(kept)
      this.mark(kept, '')
    }
  }

  private async read(kept: QueuedArtifact, read: () => ArrayBuffer | Promise<ArrayBuffer>): Promise<void> {
    const data = await read()
    const ref = (await digest?.(data)) ?? ''
    const waits = this.list.includes(kept)
    if (ref !== '' || !waits) this.mark(kept, ref)
    if (!waits) return
    kept.ref = ref
    kept.data = data
    this.send(kept)
  }

  private mark({ message: { name, type, time, afterN }, bytes }: QueuedArtifact, ref: string): void {
    this.delegate.mark(name, stringify({ ref, type, bytes }), time, afterN)
  }

  /** Sends a copy of the bytes: the panel may be gone before it has them on disk. */
  private send({ message, ref, data }: QueuedArtifact): void {
    if (ref !== undefined && data) this.delegate.send({ ...message, ref, data: data.slice(0) })
  }

  private lose(kept: QueuedArtifact): void {
    if (!this.remove(kept)) return
    this.lost++
    // Without a hash the engine would have set the mark when it got the bytes.
    if (kept.ref === '') this.mark(kept, '')
  }

  private remove(kept: QueuedArtifact): boolean {
    const at = this.list.indexOf(kept)
    if (at < 0) return false
    this.list.splice(at, 1)
    this.bytes -= kept.bytes
    return true
  }
}

interface Content {
  bytes: number
  type: string
  read(): ArrayBuffer | Promise<ArrayBuffer>
}

/** Returns the content of a text, of bytes that are a copy already, or of a Blob; undefined for anything else. */
function contentOf(given: unknown): Content | undefined {
  const bytes = typeof given === 'string' ? new Uint8Array(encoder.encode(given)) : given
  if (bytes instanceof Uint8Array) {
    const type = bytes === given ? '' : 'text/plain'
    return { bytes: bytes.length, type, read: () => bytes.buffer as ArrayBuffer }
  }
  if (typeof Blob === 'function' && given instanceof Blob) {
    return { bytes: given.size, type: given.type, read: () => given.arrayBuffer() }
  }
  return undefined
}

const encoder = new TextEncoder()
