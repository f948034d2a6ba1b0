import { Limits } from '@playhead/shared/wire/limits'
import type { ArtifactMessage } from '@playhead/shared/wire/messages'
import { stringify, warnOnce } from '../page/natives'
import { digest } from './digest'
import type { GivenArtifact } from './given-artifact'

/** Bytes and number of artifacts that wait for a panel. */
const KEPT_BYTES = 2 * Limits.artifactBytes
const KEPT = 256

/** The recorder, for its artifacts. */
export interface ArtifactCallbacks {
  /** Records the mark as of a moment that is over: `time` on the producer's clock, `afterN` the last event before it. */
  mark(name: string, data: string, time: number, afterN: number): void
  /** False: nobody takes it now. */
  send(message: ArtifactMessage): boolean
}

/** An artifact in the page. `ref` undefined: its bytes have not been read and hashed yet. */
interface QueuedArtifact {
  message: Omit<ArtifactMessage, 'ref' | 'data'>
  bytes: number
  ref: string | undefined
  data: ArrayBuffer | undefined
}

/**
 * What the app keeps beside its events, from the call until a panel has it on disk:
 *
 *     copy → list (bounded, the oldest go) → SHA-256 → mark in the log, bytes to the panel → gone when the panel says `kept`
 *
 * Where the page cannot hash, the engine does, and sets the mark.
 */
export class ArtifactQueue {
  /** Artifacts whose bytes had to go before a panel had them on disk. */
  lost = 0
  bytes = 0
  private list: QueuedArtifact[] = []
  private next = 1

  constructor(private readonly callbacks: ArtifactCallbacks) {}

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
    void this.read(kept, content.read).catch(error => {
      warnOnce('an artifact could not be read', error)
      this.lose(kept)
      this.mark(kept, '')
    })
  }

  /** To a panel that has just begun to listen. */
  sendAll(): void {
    for (const kept of this.list) this.send(kept)
  }

  /** The panel has it on disk. */
  settle(id: number): void {
    const kept = this.list.find(({ message }) => message.id === id)
    if (kept) this.remove(kept)
  }

  clear(): void {
    this.list = []
    this.bytes = 0
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
    this.callbacks.mark(name, stringify({ ref, type, bytes }), time, afterN)
  }

  /** A copy goes: the panel may be gone before it has the bytes on disk. */
  private send({ message, ref, data }: QueuedArtifact): void {
    if (ref !== undefined && data) this.callbacks.send({ ...message, ref, data: data.slice(0) })
  }

  private lose(kept: QueuedArtifact): void {
    if (!this.remove(kept)) return
    this.lost++
    // Nobody else will set its mark.
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

/** Of text, bytes that are a copy already, or a Blob. */
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
