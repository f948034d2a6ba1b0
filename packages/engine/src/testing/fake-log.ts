import type { Gap } from '@playhead/shared/model/gap'
import type { ProducerId } from '@playhead/shared/model/id'
import type { Keyframe, Mark, SessionInfo } from '@playhead/shared/model/session'
import { type FacetColumn, type MoreCause, NO_FACET } from '@playhead/shared/wire/columns'
import type { LogChange, LogChunk, LogReader, TextSearch } from '../log/reader'

/** One event as a test writes it; everything but producer, n and time has a default. */
export interface FakeEvent {
  producer: number
  n: number
  time: number
  take?: number
  type?: string
  source?: string
  /** Indexes into KINDS, LEVELS and CAUSE_KINDS. */
  kind?: number
  level?: number
  flags?: number
  causeN?: number
  causeKind?: number
  moreCauses?: { id: string; kind: number }[]
  duration?: number
  via?: number
  foreignId?: string
  originalBytes?: number
  /** JSON text. */
  payload?: string
  facets?: Record<string, string | number>
  /** JSON text. */
  patch?: string
}

export interface FakeOptions {
  chunkRows?: number
  /** Sealed chunks have their text on disk only. */
  cold?: boolean
  producers?: ProducerId[]
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] }
const encoder = new TextEncoder()

/** A log over plain arrays: as small as can be, to test readers of the real one against. */
export class FakeLog implements LogReader {
  readonly session: SessionInfo
  readonly chunks: Mutable<LogChunk>[] = []
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
    this.producers = producers.length ? producers : [producerId(0), producerId(1), producerId(2)]
    this.session = emptySession(this.producers)
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

  chunkOf(seq: number): Mutable<LogChunk> | undefined {
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
    ;(chunk as Mutable<LogChunk>).text = undefined
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
    const row = chunk.count++
    chunk.producer[row] = event.producer
    chunk.n[row] = event.n
    chunk.time[row] = event.time
    chunk.take[row] = event.take ?? 0
    chunk.type[row] = this.idOf(this.types, event.type ?? 'event')
    chunk.source[row] = this.idOf(this.sources, event.source ?? 'core')
    chunk.kind[row] = event.kind ?? 2
    chunk.level[row] = event.level ?? 2
    chunk.flags[row] = event.flags ?? 0
    chunk.causeN[row] = event.causeN ?? 0
    chunk.causeKind[row] = event.causeKind ?? (event.causeN ? 1 : 0)
    chunk.duration[row] = event.duration ?? 0
    chunk.via[row] = event.via ?? 0
    chunk.moreCauses.push(...(event.moreCauses ?? []).map((cause): MoreCause => ({ row, ...cause })))
    if (event.foreignId !== undefined) chunk.foreignIds.push({ row, id: event.foreignId })
    if (event.originalBytes !== undefined) chunk.originalSizes.push({ row, bytes: event.originalBytes })
    if (event.patch !== undefined) chunk.patches.push({ row, state: 'app', json: event.patch })
    putFacets(chunk, row, event.facets ?? {}, this.chunkRows)
    this.putText(chunk, row, encoder.encode(event.payload ?? 'null'))
    chunk.monotonic &&= row === 0 || event.time >= (chunk.time[row - 1] as number)
    chunk.minTime = Math.min(chunk.minTime, event.time)
    chunk.maxTime = Math.max(chunk.maxTime, event.time)
    this.events.set(this.endSeq++, event)
    if (chunk.count === this.chunkRows) this.seal(chunk)
  }

  private seal(chunk: Mutable<LogChunk>): void {
    chunk.sealed = true
    this.disk.set(chunk.firstSeq, chunk.text as Uint8Array)
    if (this.cold) chunk.text = undefined
  }

  private putText(chunk: Mutable<LogChunk>, row: number, bytes: Uint8Array): void {
    const start = row === 0 ? 0 : (chunk.payloadEnds[row - 1] as number)
    const end = start + bytes.length
    let text = chunk.text as Uint8Array
    if (end > text.length) {
      const next = new Uint8Array(end * 2)
      next.set(text)
      text = next
      chunk.text = next
    }
    text.set(bytes, start)
    chunk.payloadEnds[row] = end
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

export function producerId(code: number): ProducerId {
  return `01J${String(code).padStart(23, '0')}`
}

function putFacets(chunk: LogChunk, row: number, facets: Record<string, string | number>, rows: number): void {
  for (const [name, value] of Object.entries(facets)) {
    const form = typeof value === 'number' ? 'number' : 'text'
    let column = chunk.facets.find(facet => facet.name === name && facet.form === form)
    if (!column) {
      column = emptyFacet(name, form, rows)
      chunk.facets.push(column)
    }
    if (column.form === 'number') column.values[row] = value as number
    else {
      const known = column.values.indexOf(value as string)
      column.codes[row] = known >= 0 ? known : column.values.push(value as string) - 1
    }
  }
}

function emptyFacet(name: string, form: 'number' | 'text', rows: number): FacetColumn {
  if (form === 'number') return { name, form, values: new Float64Array(rows).fill(Number.NaN) }
  return { name, form, values: [], codes: new Uint16Array(rows).fill(NO_FACET) }
}

function emptyChunk(firstSeq: number, rows: number): Mutable<LogChunk> {
  return {
    firstSeq,
    firstRow: 0,
    count: 0,
    producer: new Uint16Array(rows),
    n: new Uint32Array(rows),
    take: new Uint16Array(rows),
    time: new Float64Array(rows),
    type: new Uint16Array(rows),
    source: new Uint16Array(rows),
    kind: new Uint8Array(rows),
    level: new Uint8Array(rows),
    flags: new Uint8Array(rows),
    via: new Uint8Array(rows),
    causeN: new Uint32Array(rows),
    causeKind: new Uint8Array(rows),
    duration: new Float32Array(rows),
    payloadEnds: new Uint32Array(rows),
    facets: [],
    moreCauses: [],
    patches: [],
    foreignIds: [],
    artifacts: [],
    originalSizes: [],
    unknown: [],
    minTime: Number.POSITIVE_INFINITY,
    maxTime: Number.NEGATIVE_INFINITY,
    monotonic: true,
    sealed: false,
    text: new Uint8Array(0),
  }
}

function emptySession(producers: ProducerId[]): SessionInfo {
  return {
    id: '01JSESSI0N0000000000000000',
    name: 'fake',
    origin: 'http://localhost',
    url: 'http://localhost/',
    title: 'fake',
    app: 'fake',
    tab: 'tab',
    started: 1_700_000_000_000,
    updated: 0,
    ended: false,
    imported: false,
    recovered: false,
    producers: producers.map((id, code) => ({
      id,
      name: `producer ${code}`,
      url: 'http://localhost/',
      title: 'fake',
      context: 'top',
      sdk: '0',
      timeOrigin: 0,
      offset: 0,
      base: 0,
      emitted: 0,
      attachments: [{ id: 1, name: 'bus', source: 'core', replay: true }],
    })),
    marks: [],
    takes: [{ take: 0, kind: 'recording', name: 'recording', started: 0 }],
    events: 0,
    missing: 0,
    bytes: 0,
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
