import type { Gap } from '@playhead/shared/model/gap'
import type { ProducerId } from '@playhead/shared/model/id'
import type { Keyframe, Mark, SessionInfo } from '@playhead/shared/model/session'
import type { LogChange, LogChunk, LogReader, TextSearch } from '../log/reader'
import { emptyChunk, type FakeChunk, type FakeEvent, putEvent } from './fake-chunk'
import { producerInfo, sessionInfo, testProducer } from './make-batch'

export interface FakeOptions {
  chunkRows?: number
  /** Sealed chunks have their text on disk only. */
  cold?: boolean
  producers?: ProducerId[]
}

/** A log over plain arrays: as small as can be, to test readers of the real one against. */
export class FakeLog implements LogReader {
  readonly session: SessionInfo
  readonly chunks: FakeChunk[] = []
  readonly types: string[] = []
  readonly sources: string[] = []
  readonly producers: ProducerId[]
  readonly keyframes: Keyframe[] = []
  /** Every visible event by seq, for oracles. */
  readonly events = new Map<number, FakeEvent>()
  gaps: Gap[] = []
  firstSeq = 0
  endSeq = 0
  /** Chunks whose text was asked for, by first seq. */
  readonly loads: number[] = []
  private readonly listeners = new Set<(change: LogChange) => void>()
  private readonly disk = new Map<number, Uint8Array>()
  private readonly bySource = new Map<string, number>()
  private readonly chunkRows: number
  private readonly cold: boolean

  constructor({ chunkRows = 64, cold = false, producers = [] }: FakeOptions = {}) {
    this.chunkRows = chunkRows
    this.cold = cold
    this.producers = producers.length ? producers : [0, 1, 2].map(testProducer)
    this.session = sessionInfo('01JSESSI0N0000000000000000', {
      takes: [{ take: 0, kind: 'recording', name: 'recording', started: 0 }],
      producers: this.producers.map((id, code) =>
        producerInfo(id, {
          name: `producer ${code}`,
          attachments: [{ id: 1, name: 'bus', source: 'core', replay: true }],
        }),
      ),
    })
  }

  append(events: readonly FakeEvent[]): void {
    const from = this.endSeq
    for (const event of events) this.put(event)
    this.emit({ t: 'appended', from, to: this.endSeq })
  }

  /** Everything below this seq goes; only whole chunks leave memory. */
  evict(firstSeq: number): void {
    this.firstSeq = Math.min(firstSeq, this.endSeq)
    for (const seq of this.events.keys()) if (seq < this.firstSeq) this.events.delete(seq)
    while (this.chunks[0]?.sealed && this.chunks[0].firstSeq + this.chunks[0].count <= this.firstSeq)
      this.chunks.shift()
    const first = this.chunks[0]
    if (first) first.firstRow = Math.max(0, this.firstSeq - first.firstSeq)
    this.emit({ t: 'evicted', firstSeq: this.firstSeq })
  }

  setGaps(gaps: Gap[]): void {
    this.gaps = gaps
    this.emit({ t: 'gaps' })
  }

  addMark(mark: Mark): void {
    this.session.marks.push(mark)
    this.emit({ t: 'marks' })
  }

  /** A late fact: flags added to an event that is stored already. */
  addFlags(seq: number, flags: number): void {
    const chunk = this.chunkOf(seq)
    const event = this.events.get(seq)
    if (!chunk || !event) return
    event.flags = (event.flags ?? 0) | flags
    chunk.flags[seq - chunk.firstSeq] = event.flags
    this.emit({ t: 'changed' })
  }

  /** A late fact: how long the dispatch of a stored event took. */
  setDuration(seq: number, duration: number): void {
    const chunk = this.chunkOf(seq)
    const event = this.events.get(seq)
    if (!chunk || !event) return
    event.duration = duration
    chunk.duration[seq - chunk.firstSeq] = duration
    this.emit({ t: 'changed' })
  }

  chunkOf(seq: number): FakeChunk | undefined {
    return this.chunks.find(chunk => seq >= chunk.firstSeq && seq < chunk.firstSeq + chunk.count)
  }

  async loadText(chunk: LogChunk): Promise<Uint8Array | undefined> {
    this.loads.push(chunk.firstSeq)
    await Promise.resolve()
    return chunk.text ?? this.disk.get(chunk.firstSeq)
  }

  /** Tells the payloads in another order than that of the rows. */
  async searchText(chunk: LogChunk, { mayHold, scratch }: TextSearch): Promise<Uint8Array | undefined | null> {
    const text = await this.loadText(chunk)
    if (!text) return undefined
    if (!mayHold(backwards(text, chunk.payloadEnds, chunk.count))) return null
    // What is given back is used for the next one.
    const copy = scratch.take(text.length)
    copy.set(text)
    return copy
  }

  loseText(chunk: LogChunk): void {
    this.disk.delete(chunk.firstSeq)
    ;(chunk as FakeChunk).text = undefined
  }

  seqOf(producer: number, n: number): number {
    for (const [seq, event] of this.events) if (event.producer === producer && event.n === n) return seq
    return -1
  }

  onChange(listener: (change: LogChange) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  get listening(): number {
    return this.listeners.size
  }

  private emit(change: LogChange): void {
    for (const listener of this.listeners) listener(change)
  }

  private put(event: FakeEvent): void {
    let chunk = this.chunks.at(-1)
    if (!chunk || chunk.count === this.chunkRows) {
      chunk = emptyChunk(this.endSeq, this.chunkRows)
      this.chunks.push(chunk)
    }
    const type = this.idOf(this.types, event.type ?? 'event')
    const source = this.idOf(this.sources, event.source ?? 'core')
    putEvent(chunk, event, type, source, this.chunkRows)
    this.events.set(this.endSeq++, event)
    if (chunk.count === this.chunkRows) this.seal(chunk)
  }

  private seal(chunk: FakeChunk): void {
    chunk.sealed = true
    this.disk.set(chunk.firstSeq, chunk.text as Uint8Array)
    if (this.cold) chunk.text = undefined
  }

  private idOf(names: string[], name: string): number {
    const key = `${names === this.types ? 't' : 's'}${name}`
    let id = this.bySource.get(key)
    if (id === undefined) {
      id = names.push(name) - 1
      this.bySource.set(key, id)
    }
    return id
  }
}

function backwards(text: Uint8Array, payloadEnds: Uint32Array, count: number): Uint8Array {
  const turned = new Uint8Array(text.length)
  for (let row = count - 1, at = 0; row >= 0; row--) {
    const payload = text.subarray(row === 0 ? 0 : payloadEnds[row - 1], payloadEnds[row])
    turned.set(payload, at)
    at += payload.length
  }
  return turned
}
