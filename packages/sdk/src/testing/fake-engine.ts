import type { Gap } from '@playhead/shared/model/gap'
import type { Keyframe, Mark } from '@playhead/shared/model/session'
import { decodeBatch } from '@playhead/shared/wire/batch-decode'
import type { Batch, LateFact } from '@playhead/shared/wire/columns'
import type { FromPage, HelloMessage, ToPage } from '@playhead/shared/wire/messages'
import type { Recorder } from '../api/recorder'

export interface StoredEvent {
  n: number
  type: string
  source: string
  payload: string
  causeN: number
  causeKind: number
  flags: number
  level: number
  kind: number
  via: number
  take: number
  duration: number
}

/** Takes what a recorder sends over real MessageChannels, checks and keeps it, and acknowledges. Survives its links, as the engine does. */
export class FakeEngine {
  readonly events = new Map<number, StoredEvent>()
  readonly gaps: Gap[] = []
  readonly keyframes: Keyframe[] = []
  readonly marks: Mark[] = []
  readonly late: LateFact[] = []
  readonly batches: Batch[] = []
  readonly replies: FromPage[] = []
  hello: HelloMessage | undefined
  emitted = 0
  accepted = 0
  doubles = 0
  /** Says whether an ack follows the batch just taken. */
  acks = () => true
  recording = true
  port: MessagePort | undefined

  connect(recorder: Recorder): void {
    const { port1, port2 } = new MessageChannel()
    this.adopt(port2)
    recorder.acceptPort(port1)
  }

  adopt(port: MessagePort): void {
    this.port = port
    port.onmessage = event => this.port === port && this.receive(event.data as FromPage)
    ;(port as { unref?: () => void }).unref?.()
  }

  /** The link is gone without a word. */
  lose(): void {
    this.port?.close()
    this.port = undefined
  }

  send(message: ToPage | unknown): void {
    this.port?.postMessage(message)
  }

  welcome(): void {
    const { accepted, recording } = this
    this.send({ t: 'welcome', wire: 1, session: 'S', accepted, persisted: accepted, recording, level: null })
  }

  list(): StoredEvent[] {
    return [...this.events.values()].sort((a, b) => a.n - b.n)
  }

  missing(): number {
    return this.gaps.reduce((sum, gap) => sum + gap.count, 0)
  }

  private receive(message: FromPage): void {
    if (message.t === 'hello') {
      this.hello = message
      this.emitted = Math.max(this.emitted, message.emitted)
      this.welcome()
    } else if (message.t === 'batch') {
      this.take(message.data)
      if (this.acks()) this.send({ t: 'ack', accepted: this.accepted, persisted: this.accepted })
    } else this.replies.push(message)
  }

  take(data: ArrayBuffer): void {
    const batch = decodeBatch(data)
    this.batches.push(batch)
    const types = new Map(batch.meta.types)
    const sources = new Map(batch.meta.sources)
    for (let row = 0; row < batch.count; row++) {
      const n = batch.n[row] as number
      if (this.events.has(n)) {
        this.doubles++
        continue
      }
      const start = row === 0 ? 0 : (batch.payloadEnds[row - 1] as number)
      this.events.set(n, {
        n,
        type: types.get(batch.type[row] as number) as string,
        source: sources.get(batch.source[row] as number) as string,
        payload: new TextDecoder().decode(batch.text.subarray(start, batch.payloadEnds[row])),
        causeN: batch.causeN[row] as number,
        causeKind: batch.causeKind[row] as number,
        flags: batch.flags[row] as number,
        level: batch.level[row] as number,
        kind: batch.kind[row] as number,
        via: batch.via[row] as number,
        take: batch.take[row] as number,
        duration: batch.duration[row] as number,
      })
      this.accepted = Math.max(this.accepted, n)
    }
    for (const gap of batch.gaps) {
      this.gaps.push(gap)
      this.accepted = Math.max(this.accepted, gap.toN)
    }
    this.keyframes.push(...batch.keyframes)
    this.marks.push(...batch.marks)
    this.late.push(...batch.late)
    this.emitted = Math.max(this.emitted, batch.meta.emitted)
  }
}

/** Waits until `holds` does; fails after five seconds. */
export async function until(holds: () => boolean): Promise<void> {
  const end = Date.now() + 5000
  while (!holds()) {
    if (Date.now() > end) throw new Error(`never came true: ${holds}`)
    await new Promise(resolve => setTimeout(resolve, 1))
  }
}

/** Lets everything posted so far arrive. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 5; i++) await new Promise(resolve => setTimeout(resolve, 1))
}

/** Numbers in 0 … 1, the same for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
