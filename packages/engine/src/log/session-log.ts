import type { Gap, GapReason } from '@playhead/shared/model/gap'
import type { ProducerId } from '@playhead/shared/model/id'
import type { Keyframe, Mark, ProducerInfo, SessionInfo, Take } from '@playhead/shared/model/session'
import type { Batch, StringTable as WireTable } from '@playhead/shared/wire/columns'
import { appendEvents } from './append-events'
import { sessionTime } from './append-rows'
import type { MemoryChunk } from './chunk'
import { ChunkList } from './chunk-list'
import { KeyframeList } from './keyframes'
import { applyLate } from './late-facts'
import { Marks } from './marks'
import { Names } from './names'
import type { ProducerLog } from './producer-log'
import { ProducerLogs } from './producer-logs'
import type { LogChange, LogChunk, LogReader, TextSearch } from './reader'
import type { TextSource } from './text-memory'

/** Bounds of what a log keeps. */
export interface LogLimits {
  /** At most so many events are visible; older ones are evicted. */
  maxEvents: number
  /** At most so many bytes of text are in memory. Beyond them the oldest text that is on disk is dropped. */
  textBudget: number
  /** At most so many bytes of text are in memory because they are not on disk. Beyond them the oldest events are evicted. */
  unsavedText?: number
}

const UNSAVED_TEXT = 256 << 20

/**
 * The log of one session in memory:
 *
 *     batch ─▶ appendEvents ─▶ ChunkList      rows by seq; the oldest chunks are evicted
 *          ├─▶ applyLate ────▶ ChunkList      what came late of rows that were stored before
 *          └─▶ gaps ─────────▶ ProducerLogs   of each producer: numbers known, gaps, n → seq
 *
 * It says to those who listen what changed, and keeps within the limits. It is synchronous and knows no storage: what must be written is
 * marked on the chunks and producers, and `storage/` writes it.
 */
export class SessionLog implements LogReader {
  private readonly list = new ChunkList()
  readonly chunks: readonly MemoryChunk[] = this.list.all
  /** Sealed chunks that are not on disk, the oldest first. */
  readonly unsaved = this.list.unsaved
  /** Chunks on disk whose head must be written again. */
  readonly changedHeads = this.list.changedHeads
  readonly keyframeList = new KeyframeList()
  private readonly producerLogs = new ProducerLogs()
  readonly logs: readonly ProducerLog[] = this.producerLogs.all
  readonly producers: readonly ProducerId[] = this.producerLogs.ids
  /** Reads text that was dropped. Undefined where it cannot be read again, so that none is dropped. */
  textSource: TextSource | undefined
  /** True: the open chunk, or the session's record, must be written. */
  tailDirty = false
  infoDirty = true
  private readonly listeners = new Set<(change: LogChange) => void>()
  private readonly names = new Names()
  private readonly marks: Marks
  private gapsToTell = false

  constructor(
    private readonly info: SessionInfo,
    readonly limits: LogLimits,
  ) {
    this.marks = new Marks(info.marks)
    for (const producer of info.producers) this.producerLogs.add(producer)
  }

  get firstSeq(): number {
    return this.list.firstSeq
  }

  get endSeq(): number {
    return this.list.endSeq
  }

  /** Visible events. */
  get stored(): number {
    return this.list.stored
  }

  get session(): SessionInfo {
    const { info } = this
    info.events = this.stored
    info.missing = this.missing
    for (const log of this.logs) log.info.emitted = log.covered
    return info
  }

  get types(): readonly string[] {
    return this.names.types.names
  }

  get sources(): readonly string[] {
    return this.names.sources.names
  }

  get keyframes(): readonly Keyframe[] {
    return this.keyframeList.list
  }

  get gaps(): readonly Gap[] {
    return this.producerLogs.gaps
  }

  get missing(): number {
    return this.producerLogs.missing
  }

  get memory(): number {
    return this.list.memory
  }

  get last(): MemoryChunk | undefined {
    return this.list.last
  }

  producer(id: ProducerId): ProducerLog | undefined {
    return this.producerLogs.get(id)
  }

  /** Adds a producer. Undefined where the session has no room for another one. */
  addProducer(info: ProducerInfo): ProducerLog | undefined {
    if (this.producerLogs.full) return undefined
    this.info.producers.push(info)
    this.infoDirty = true
    return this.producerLogs.add(info)
  }

  /** Takes in everything of a batch. Times become session time by the producer's offset. What came before is left out. */
  append(batch: Batch, log: ProducerLog): void {
    const { offset } = log.info
    const from = this.endSeq
    let gaps = false
    for (const gap of batch.gaps) {
      if (gap.producer !== log.info.id) continue
      gaps =
        log.missing(gap.fromN, gap.toN, gap.reason, sessionTime(gap.from, offset), sessionTime(gap.to, offset)) || gaps
    }
    if (batch.count > 0) gaps = appendEvents(this.list, batch, log, this.names.translation(batch, log)) || gaps
    if (this.endSeq > from) this.tailDirty = true
    log.announced = Math.max(log.announced, batch.meta.emitted)
    const isNew = log.isNew(batch.meta.batch)
    for (const keyframe of isNew ? batch.keyframes : []) {
      if (keyframe.producer === log.info.id) this.addKeyframe({ ...keyframe, time: sessionTime(keyframe.time, offset) })
    }
    for (const mark of isNew ? batch.marks : []) {
      if (mark.producer === log.info.id) this.addMark({ ...mark, time: sessionTime(mark.time, offset) })
    }
    const late = applyLate(this.list, batch.late, log)
    for (const chunk of late) {
      if (chunk.sealed) this.changedHeads.add(chunk)
      else this.tailDirty = true
    }
    if (this.endSeq > from) this.tell({ t: 'appended', from, to: this.endSeq })
    if (late.length > 0) this.tell({ t: 'changed' })
    if (gaps) this.gapsChanged()
    this.keepWithinLimits()
  }

  /** Notes why events are missing. Times are session time in ms. */
  addGap(log: ProducerLog, fromN: number, toN: number, reason: GapReason, from: number, to: number): void {
    if (log.missing(fromN, toN, reason, from, to)) this.gapsChanged()
  }

  giveUp(log: ProducerLog): void {
    if (log.giveUp()) this.gapsChanged()
  }

  /** Keeps at most so many visible events from now on. */
  setCapacity(maxEvents: number): void {
    this.limits.maxEvents = maxEvents
    this.keepWithinLimits()
  }

  /** Keeps at most so many bytes of text in memory from now on. */
  setTextBudget(bytes: number): void {
    this.limits.textBudget = bytes
    this.keepWithinLimits()
  }

  addKeyframe(keyframe: Keyframe): void {
    this.keyframeList.add(keyframe)
  }

  addMark(mark: Mark): void {
    if (!this.marks.add(mark)) return
    this.infoDirty = true
    this.tell({ t: 'marks' })
  }

  addTake(take: Omit<Take, 'take'>): number {
    const number = this.info.takes.reduce((most, other) => Math.max(most, other.take), 0) + 1
    this.info.takes.push({ ...take, take: number })
    this.infoDirty = true
    return number
  }

  chunkOf(seq: number): MemoryChunk | undefined {
    return this.list.at(seq)
  }

  async loadText(chunk: LogChunk): Promise<Uint8Array | undefined> {
    return chunk.text ?? (await this.textSource?.(chunk)) ?? undefined
  }

  async searchText(chunk: LogChunk, search: TextSearch): Promise<Uint8Array | undefined | null> {
    return chunk.text ?? this.textSource?.(chunk, search)
  }

  seqOf(producer: number, n: number): number {
    const seq = this.logs[producer]?.index.seqOf(n) ?? -1
    return seq >= this.firstSeq ? seq : -1
  }

  /** Returns the session time in ms of a producer's event or, where that is not in the log, of the producer's newest. */
  timeOf(log: ProducerLog, n: number): number {
    const seq = this.seqOf(log.code, n)
    const chunk = this.chunkOf(seq)
    return chunk ? chunk.time[seq - chunk.firstSeq]! : Number.isNaN(log.lastTime) ? 0 : log.lastTime
  }

  onChange(listener: (change: LogChange) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Tells of gaps that eviction made, which nobody is told of at once. Call it now and then. */
  settle(): void {
    if (!this.gapsToTell) return
    this.gapsToTell = false
    this.tell({ t: 'gaps' })
  }

  /** Says where the chunks begin that follow with `restoreChunk`. */
  restoreFrom(seq: number): void {
    this.list.restoreFrom(seq)
  }

  /** Adds a chunk that was read from the disk. They must come in the order of their seqs. */
  restoreChunk(chunk: MemoryChunk): void {
    this.list.restore(chunk)
  }

  restoreNames(types: WireTable, sources: WireTable): void {
    this.names.restore(types, sources)
  }

  /** Returns the bytes on disk of the chunks that were evicted since the last call. */
  takeEvictedBytes(): number {
    return this.list.takeEvictedBytes()
  }

  /** Keeps a compressed body in place of a chunk's text, in a session that has no disk. */
  packText(chunk: MemoryChunk, body: ArrayBuffer): void {
    this.list.texts.during(chunk, () => chunk.pack(body))
  }

  /** True: more text is in memory than the budget allows. */
  get overBudget(): boolean {
    return this.list.texts.bytes > this.limits.textBudget
  }

  /** Drops text that is on disk, the oldest first, until the rest is within the budget. */
  trimText(): void {
    if (this.textSource) this.list.texts.trim(this.limits.textBudget)
  }

  /** Evicts the oldest `count` visible events. */
  evict(count: number): void {
    this.list.evict(count, this.logs)
    this.producerLogs.gapsChanged()
    this.gapsToTell = true
    this.infoDirty = true
    this.tell({ t: 'evicted', firstSeq: this.firstSeq })
  }

  gapsChanged(): void {
    this.producerLogs.gapsChanged()
    this.gapsToTell = false
    this.infoDirty = true
    this.tell({ t: 'gaps' })
  }

  private keepWithinLimits(): void {
    const over = this.stored - this.limits.maxEvents
    if (over > 0) this.evict(over)
    this.trimText()
    const most = this.limits.unsavedText ?? Math.max(UNSAVED_TEXT, this.limits.textBudget)
    while (this.list.texts.bytes > most && this.chunks.length > 1) {
      this.evict(Math.max(1, this.chunks[0]!.count - this.chunks[0]!.firstRow))
    }
  }

  private tell(change: LogChange): void {
    for (const listener of this.listeners) listener(change)
  }
}
