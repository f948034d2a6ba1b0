import type { Gap, GapReason } from '@playhead/shared/model/gap'
import type { ProducerId } from '@playhead/shared/model/id'
import type { Keyframe, Mark, ProducerInfo, SessionInfo, Take } from '@playhead/shared/model/session'
import type { Batch, LateFact, StringTable as WireTable } from '@playhead/shared/wire/columns'
import { appendRows, appendSparse, appendUnknown, sessionTime, type Translation } from './append-rows'
import { MemoryChunk } from './chunk'
import { KeyframeList } from './keyframes'
import { Marks } from './marks'
import { Names } from './names'
import { ProducerLog } from './producer-log'
import type { LogChange, LogChunk, LogReader, TextSearch } from './reader'
import { TextMemory } from './text-memory'

/** Bounds of what a log keeps. */
export interface LogLimits {
  /** At most so many events are visible; older ones are evicted. */
  maxEvents: number
  /** At most so many bytes of text are in memory. Beyond them the oldest text that is on disk is dropped. */
  textBudget: number
  /** At most so many bytes of text are in memory because they are not on disk. Beyond them the oldest events are evicted. */
  unsavedText?: number
}

/** Reads the text of a stored chunk. Resolves with undefined where it is lost, with null where `search` finds nothing in it. */
export type TextSource = (chunk: LogChunk, search?: TextSearch) => Promise<Uint8Array | undefined | null>

/** A session has at most so many producers. */
export const MOST_PRODUCERS = 4096
const UNSAVED_TEXT = 256 << 20

/**
 * The log of one session in memory:
 *
 *     chunks   [ sealed | sealed | … | hot ]     evicted from the left, whole; hidden rows of the first one make the capacity exact
 *     producers  numbers known, gaps, n → seq
 *
 * Synchronous and without storage: what must be written is marked on the chunks and producers, `storage/` writes it.
 */
export class SessionLog implements LogReader {
  readonly chunks: MemoryChunk[] = []
  readonly keyframeList = new KeyframeList()
  readonly logs: ProducerLog[] = []
  readonly producers: ProducerId[] = []
  /** Sealed chunks that are not on disk, the oldest first. */
  readonly unsaved: MemoryChunk[] = []
  /** Chunks on disk whose head must be written again. */
  readonly changedHeads = new Set<MemoryChunk>()
  firstSeq = 0
  endSeq = 0
  /** Visible events. */
  stored = 0
  /** Reads text that was dropped. Undefined where it cannot be read again, so that none is dropped. */
  textSource: TextSource | undefined
  /** True: the open chunk, or the session's record, must be written. */
  tailDirty = false
  infoDirty = true
  private readonly byId = new Map<ProducerId, ProducerLog>()
  private readonly listeners = new Set<(change: LogChange) => void>()
  private readonly names = new Names()
  private readonly texts = new TextMemory(this.chunks)
  private readonly marks: Marks
  private allGaps: Gap[] | undefined
  private gapsToTell = false
  /** Bytes on disk of chunks that were evicted since `takeEvictedBytes`. */
  private evictedBytes = 0

  constructor(
    private readonly info: SessionInfo,
    readonly limits: LogLimits,
  ) {
    this.marks = new Marks(info.marks)
    for (const producer of info.producers) this.register(producer)
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
    this.allGaps ??= this.logs.flatMap(log => log.gaps.gaps)
    return this.allGaps
  }

  get missing(): number {
    let missing = 0
    for (const log of this.logs) missing += log.gaps.count
    return missing
  }

  get memory(): number {
    let bytes = 0
    for (const chunk of this.chunks) bytes += chunk.memory
    return bytes
  }

  get last(): MemoryChunk | undefined {
    return this.chunks[this.chunks.length - 1]
  }

  producer(id: ProducerId): ProducerLog | undefined {
    return this.byId.get(id)
  }

  /** Adds a producer. Undefined where the session has no room for another one. */
  addProducer(info: ProducerInfo): ProducerLog | undefined {
    if (this.logs.length >= MOST_PRODUCERS) return undefined
    this.info.producers.push(info)
    this.infoDirty = true
    return this.register(info)
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
    if (batch.count > 0) gaps = this.appendEvents(batch, log) || gaps
    log.announced = Math.max(log.announced, batch.meta.emitted)
    const isNew = log.isNew(batch.meta.batch)
    for (const keyframe of isNew ? batch.keyframes : []) {
      if (keyframe.producer === log.info.id) this.addKeyframe({ ...keyframe, time: sessionTime(keyframe.time, offset) })
    }
    for (const mark of isNew ? batch.marks : []) {
      if (mark.producer === log.info.id) this.addMark({ ...mark, time: sessionTime(mark.time, offset) })
    }
    const late = this.applyLate(batch.late, log)
    if (this.endSeq > from) this.tell({ t: 'appended', from, to: this.endSeq })
    if (late) this.tell({ t: 'changed' })
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
    const { chunks } = this
    let low = 0
    let high = chunks.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const chunk = chunks[middle]!
      if (chunk.firstSeq + chunk.count <= seq) low = middle + 1
      else high = middle
    }
    const chunk = chunks[low]
    return chunk && seq >= chunk.firstSeq + chunk.firstRow && seq < chunk.firstSeq + chunk.count ? chunk : undefined
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

  /** Adds a chunk that was read from the disk. They must come in the order of their seqs. */
  restoreChunk(chunk: MemoryChunk): void {
    this.chunks.push(chunk)
    this.endSeq = chunk.firstSeq + chunk.count
    this.stored += chunk.count - chunk.firstRow
    this.texts.add(chunk)
  }

  restoreNames(types: WireTable, sources: WireTable): void {
    this.names.restore(types, sources)
  }

  /** Returns the bytes on disk of the chunks that were evicted since the last call. */
  takeEvictedBytes(): number {
    const bytes = this.evictedBytes
    this.evictedBytes = 0
    return bytes
  }

  /** Keeps a compressed body in place of a chunk's text, in a session that has no disk. */
  packText(chunk: MemoryChunk, body: ArrayBuffer): void {
    this.texts.during(chunk, () => chunk.pack(body))
  }

  /** True: more text is in memory than the budget allows. */
  get overBudget(): boolean {
    return this.texts.bytes > this.limits.textBudget
  }

  /** Drops text that is on disk, the oldest first, until the rest is within the budget. */
  trimText(): void {
    if (this.textSource) this.texts.trim(this.limits.textBudget)
  }

  /** Evicts the oldest `count` visible events. */
  evict(count: number): void {
    let left = count
    while (left > 0) {
      const chunk = this.chunks[0]
      if (!chunk) break
      const from = chunk.firstRow
      const to = Math.min(chunk.count, from + left)
      if (!chunk.hollow) this.evictRows(chunk, from, to)
      left -= to - from
      if (!chunk.hollow) this.stored -= to - from
      chunk.firstRow = to
      this.firstSeq = chunk.firstSeq + to
      if (to < chunk.count || !chunk.sealed) break
      this.dropFirstChunk(chunk)
    }
    this.allGaps = undefined
    this.gapsToTell = true
    this.infoDirty = true
    this.tell({ t: 'evicted', firstSeq: this.firstSeq })
  }

  gapsChanged(): void {
    this.allGaps = undefined
    this.gapsToTell = false
    this.infoDirty = true
    this.tell({ t: 'gaps' })
  }

  private register(info: ProducerInfo): ProducerLog {
    const log = new ProducerLog(this.logs.length, info)
    this.logs.push(log)
    this.producers.push(info.id)
    if (!this.byId.has(info.id)) this.byId.set(info.id, log)
    return log
  }

  private appendEvents(batch: Batch, log: ProducerLog): boolean {
    const how = this.names.translation(batch, log)
    const { n, count } = batch
    const first = n[0]!
    const whole = n[count - 1]! - first === count - 1
    let gaps = false
    let unknown = batch.unknown.length > 0
    for (let from = 0; from < count; ) {
      let to = count
      if (!whole) for (to = from + 1; to < count && n[to] === n[to - 1]! + 1; ) to++
      for (const [a, b] of log.newIn(n[from]!, n[to - 1]!)) {
        const row = from + a - n[from]!
        gaps = this.appendRun(batch, row, row + b - a + 1, log, how) || gaps
        if (unknown && this.last) appendUnknown(this.last, batch)
        unknown = false
      }
      from = to
    }
    return gaps
  }

  /** Appends rows `start` to `end` (exclusive) of a batch, whose n are consecutive and all new. Returns whether gaps changed. */
  private appendRun(batch: Batch, start: number, end: number, log: ProducerLog, how: Translation): boolean {
    let gaps = false
    for (let from = start; from < end; ) {
      const chunk = this.hotChunk()
      const to = Math.min(end, from + chunk.room)
      const at = chunk.count
      const seq = this.endSeq
      this.texts.during(chunk, () => {
        appendRows(chunk, batch, from, to, how)
        if (hasSparse(batch)) appendSparse(chunk, batch, from, to, at)
      })
      this.endSeq += to - from
      this.stored += to - from
      gaps = log.store(batch.n[from]!, to - from, seq, chunk.time[at]!, chunk.time[chunk.count - 1]!) || gaps
      if (chunk.full) this.seal(chunk)
      from = to
    }
    this.tailDirty = true
    return gaps
  }

  private hotChunk(): MemoryChunk {
    const { last } = this
    if (last && !last.sealed) return last
    const chunk = MemoryChunk.hot(this.endSeq)
    this.chunks.push(chunk)
    this.texts.add(chunk)
    return chunk
  }

  private seal(chunk: MemoryChunk): void {
    this.texts.during(chunk, () => chunk.seal())
    this.unsaved.push(chunk)
  }

  private applyLate(facts: readonly LateFact[], log: ProducerLog): boolean {
    let changed = false
    for (const { n, duration, flags } of facts) {
      const seq = log.index.seqOf(n)
      const chunk = seq < this.firstSeq ? undefined : this.chunkOf(seq)
      if (!chunk) continue
      const row = seq - chunk.firstSeq
      chunk.duration[row] = duration
      chunk.flags[row]! |= flags
      if (chunk.sealed) this.changedHeads.add(chunk)
      else this.tailDirty = true
      changed = true
    }
    return changed
  }

  private keepWithinLimits(): void {
    const over = this.stored - this.limits.maxEvents
    if (over > 0) this.evict(over)
    this.trimText()
    const most = this.limits.unsavedText ?? Math.max(UNSAVED_TEXT, this.limits.textBudget)
    while (this.texts.bytes > most && this.chunks.length > 1) {
      this.evict(Math.max(1, this.chunks[0]!.count - this.chunks[0]!.firstRow))
    }
  }

  private evictRows(chunk: MemoryChunk, from: number, to: number): void {
    const { producer, n, time } = chunk
    for (let start = from; start < to; ) {
      const code = producer[start]!
      let end = start + 1
      while (end < to && producer[end] === code && n[end] === n[end - 1]! + 1) end++
      this.logs[code]?.evict(n[start]!, n[end - 1]!, time[start]!, time[end - 1]!)
      start = end
    }
  }

  private dropFirstChunk(chunk: MemoryChunk): void {
    this.chunks.shift()
    this.texts.dropped(chunk)
    this.evictedBytes += chunk.diskBytes
    if (this.unsaved[0] === chunk) this.unsaved.shift()
    this.changedHeads.delete(chunk)
    const next = this.chunks[0]
    if (next) this.firstSeq = next.firstSeq + next.firstRow
    for (const log of this.logs) log.index.dropBelow(this.firstSeq)
  }

  private tell(change: LogChange): void {
    for (const listener of this.listeners) listener(change)
  }
}

function hasSparse(batch: Batch): boolean {
  const { facets, moreCauses, patches, foreignIds, artifacts, originalSizes } = batch
  const lists = moreCauses.length + patches.length + foreignIds.length + artifacts.length + originalSizes.length
  return lists + facets.length > 0
}
