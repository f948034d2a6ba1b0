import type { Keyframe } from '@playhead/shared/model/session'
import { messageOf } from '@playhead/shared/values/message-of'
import { encodeBody, rawBodyBytes } from '@playhead/shared/wire/body-codec'
import { encodeHead } from '@playhead/shared/wire/chunk-codec'
import type { MemoryChunk } from '../log/chunk'
import type { SessionLog } from '../log/session-log'
import type { Disk, SessionWrite } from './disk'
import { packedList } from './packed-bodies'
import type { SessionRecord, TailRecord } from './records'
import { forgetSaved } from './start-over'

/** ms between the first unsaved event and the write; after a failure, doubled up to the last. */
const DELAY = 250
const RETRY = 1000
const SLOWEST_RETRY = 30_000
/** Sealed chunks in one transaction at most: bounds what a write copies at once. */
const MOST_CHUNKS = 32

export interface WriterOptions {
  /** False: the session stays out of the catalogue (an import that is not finished). */
  listed: boolean
  /** Something more is on disk: acknowledge it. */
  saved(): void
  /** The disk said no, or works again (empty). What is not saved stays in memory and is tried again. */
  trouble(message: string): void
}

interface Snapshot {
  change: SessionWrite
  chunks: MemoryChunk[]
  heads: MemoryChunk[]
  keyframes: Keyframe[]
  removed: number[]
  /** Everything there was, the open chunk included. */
  complete: boolean
  endSeq: number
  covered: number[]
  /** Those who wait for it. */
  waiting: (() => void)[]
}

/**
 * Write-behind of one session. One transaction at a time; while one runs the next gathers. The open chunk is rewritten by the timer,
 * not per batch.
 */
export class SessionWriter {
  /** Seqs below this are on disk. */
  persistedSeq: number
  /** Bytes of columns and text on disk. */
  bytes = 0
  private timer: ReturnType<typeof setTimeout> | undefined
  private running: Promise<void> | undefined
  private failures = 0
  private evictedBelow = 0
  private tailBytes = 0
  private hasTail = false
  /** Bytes of chunks that are still on disk and go with the next write. */
  private freed = 0
  private stopped = false
  private startsOver = false
  private waiting: (() => void)[] = []

  constructor(
    private readonly disk: Disk,
    readonly log: SessionLog,
    readonly data: string,
    private readonly options: WriterOptions,
    stored: { bytes: number; tailBytes: number } = { bytes: 0, tailBytes: 0 },
  ) {
    this.persistedSeq = log.endSeq
    this.bytes = stored.bytes
    this.tailBytes = stored.tailBytes
    this.hasTail = stored.tailBytes > 0
  }

  /** Something may have changed: sees to it that it is written in time. */
  touch(): void {
    if (this.timer !== undefined || this.running || this.stopped || !this.dirty) return
    this.timer = setTimeout(() => this.start(), this.delay)
  }

  /** Resolves when all there is now is on disk, or when the disk refused. */
  async flush(): Promise<void> {
    const { failures } = this
    for (;;) {
      if (this.running) await this.running
      if (!this.dirty || this.stopped) return
      if (this.failures > failures) return
      this.start()
    }
  }

  /** Resolves once all there is now is on disk, and the session in the catalogue; without a write of its own. Never, if it is ended before. */
  async whenSaved(): Promise<void> {
    while (!this.dirty && this.running) await this.running
    if (!this.dirty) return
    this.touch()
    await new Promise<void>(resolve => this.waiting.push(resolve))
  }

  /** What was written is gone: everything is written anew. */
  startOver(): void {
    this.startsOver = true
    this.touch()
  }

  /** Ends it: what is under way is finished, nothing follows. */
  async stop(): Promise<void> {
    this.stopped = true
    clearTimeout(this.timer)
    this.timer = undefined
    await this.running
  }

  /** `bytes`: on disk once the record is. */
  record(bytes = this.bytes): SessionRecord {
    const { log } = this
    const info = structuredClone(log.session)
    info.bytes = bytes
    const packed = packedList(log.chunks)
    return { info, data: this.data, firstSeq: log.firstSeq, ...(packed && { packed }) }
  }

  /** Puts a compressed body in place of a stored chunk's. False: it is not there any more. Rejects when the disk refuses. */
  async packBody(chunk: MemoryChunk, body: ArrayBuffer): Promise<boolean> {
    while (this.running) await this.running
    if (this.stopped) return false
    const work = this.replaceBody(chunk, body)
    const running = work.then(nothing, nothing).finally(() => {
      if (this.running === running) this.running = undefined
      this.touch()
    })
    this.running = running
    return work
  }

  /** Something is not on disk. */
  get dirty(): boolean {
    const { log } = this
    return (
      this.startsOver ||
      log.unsaved.length > 0 ||
      log.changedHeads.size > 0 ||
      log.tailDirty ||
      log.infoDirty ||
      log.keyframeList.unsaved.length > 0 ||
      log.keyframeList.removed.length > 0 ||
      log.logs.some(producer => producer.gapsDirty)
    )
  }

  private async replaceBody(chunk: MemoryChunk, body: ArrayBuffer): Promise<boolean> {
    const { data, log } = this
    const { firstSeq } = chunk
    const rawBytes = rawBodyBytes(chunk.textBytes)
    const there = await this.disk.packBody({ id: log.session.id, data, firstSeq, body, rawBytes })
    // Evicted meanwhile: its bytes were counted as they were.
    if (!there || !log.chunks.includes(chunk)) return there
    const less = (chunk.packedBytes || rawBytes) - body.byteLength
    chunk.packedBytes = body.byteLength
    chunk.diskBytes -= less
    this.bytes = Math.max(0, this.bytes - less)
    return true
  }

  private get delay(): number {
    return this.failures === 0 ? DELAY : Math.min(SLOWEST_RETRY, RETRY * 2 ** (this.failures - 1))
  }

  private start(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    if (this.running || this.stopped) return
    const running = this.write()
      .catch(error => this.failed(error))
      .finally(() => {
        if (this.running === running) this.running = undefined
        this.touch()
      })
    this.running = running
  }

  private async write(): Promise<void> {
    for (;;) {
      const snapshot = this.take()
      try {
        await this.disk.write(snapshot.change)
      } catch (error) {
        this.giveBack(snapshot)
        this.failed(error)
        return
      }
      if (this.failures > 0) this.options.trouble('')
      this.failures = 0
      this.settle(snapshot)
      if (snapshot.complete) return
    }
  }

  private failed(error: unknown): void {
    this.failures++
    this.options.trouble(troubleOf(error))
  }

  /** Takes what is not saved, and marks it as taken: what changes from now on counts as new. */
  private take(): Snapshot {
    const { log, data } = this
    if (this.startsOver) this.forget()
    const names = { types: log.types, sources: log.sources, producers: log.producers }
    const complete = log.unsaved.length <= MOST_CHUNKS
    const chunks = log.unsaved.slice(0, MOST_CHUNKS)
    const fresh = new Set(chunks)
    const heads = [...log.changedHeads].filter(chunk => chunk.persisted && !fresh.has(chunk))
    for (const chunk of [...heads, ...chunks]) log.changedHeads.delete(chunk)
    const change: SessionWrite = {
      data,
      chunks: chunks.map(chunk => ({
        firstSeq: chunk.firstSeq,
        head: encodeHead(chunk.encodable(names)),
        body: encodeBody(chunk.text ?? new Uint8Array(0), chunk.count),
      })),
      heads: heads.map(chunk => ({ firstSeq: chunk.firstSeq, head: encodeHead(chunk.encodable(names)) })),
      gaps: [],
      keyframes: [],
      removedKeyframes: [],
    }
    const first = log.chunks[0]?.firstSeq ?? log.endSeq
    if (first > this.evictedBelow) change.evictedBelow = first
    const snapshot: Snapshot = {
      change,
      chunks,
      heads,
      keyframes: [],
      removed: [],
      complete,
      endSeq: log.endSeq,
      covered: log.logs.map(producer => producer.covered),
      waiting: complete ? this.waiting.splice(0) : [],
    }
    if (complete) this.takeTail(snapshot)
    // The open chunk that was stored may be among those sealed since: it must not be there twice.
    else if (this.hasTail) change.tail = null
    this.takeRest(snapshot)
    this.freed += log.takeEvictedBytes()
    if (this.options.listed) change.record = this.record(this.bytesAfter(snapshot))
    return snapshot
  }

  private forget(): void {
    this.startsOver = false
    forgetSaved(this.log)
    this.persistedSeq = this.log.firstSeq
    this.bytes = 0
    this.freed = 0
    this.tailBytes = 0
    this.hasTail = false
  }

  private bytesAfter({ change: { chunks, heads: written, tail }, heads }: Snapshot): number {
    let bytes = this.bytes - this.freed
    for (const { head, body } of chunks) bytes += head.byteLength + body.byteLength
    for (const [i, chunk] of heads.entries()) bytes += bytesWith(chunk, written[i]!.head) - chunk.diskBytes
    if (tail !== undefined) bytes += sizeOf(tail) - this.tailBytes
    return Math.max(0, bytes)
  }

  private takeTail({ change, chunks }: Snapshot): void {
    const { log } = this
    const { last } = log
    if (!log.tailDirty && chunks.length === 0) return
    log.tailDirty = false
    change.tail = null
    if (!last || last.sealed || last.count === 0) return
    const names = { types: log.types, sources: log.sources, producers: log.producers }
    const head = encodeHead(last.encodable(names))
    change.tail = { head, body: encodeBody(last.text ?? new Uint8Array(0), last.count) }
  }

  private takeRest(snapshot: Snapshot): void {
    const { log } = this
    const { change } = snapshot
    for (const producer of log.logs) {
      if (!producer.gapsDirty) continue
      producer.gapsDirty = false
      change.gaps.push({ code: producer.code, record: { producer: producer.info.id, gaps: [...producer.gaps.gaps] } })
    }
    const list = log.keyframeList
    snapshot.keyframes = list.unsaved
    snapshot.removed = list.removed
    change.keyframes = list.unsaved.map(keyframe => ({ number: list.keys.get(keyframe)!, keyframe }))
    change.removedKeyframes = list.removed
    list.unsaved = []
    list.removed = []
    if (snapshot.complete) log.infoDirty = false
  }

  private giveBack({ change, heads, keyframes, removed, waiting }: Snapshot): void {
    const { log } = this
    this.waiting.unshift(...waiting)
    for (const chunk of heads) log.changedHeads.add(chunk)
    for (const { code } of change.gaps) log.logs[code]!.gapsDirty = true
    log.keyframeList.unsaved.unshift(...keyframes)
    log.keyframeList.removed.unshift(...removed)
    log.tailDirty = true
    log.infoDirty = true
  }

  private settle(snapshot: Snapshot): void {
    const { log } = this
    const { change, chunks, heads, complete, endSeq, covered } = snapshot
    const first = log.chunks[0]?.firstSeq ?? log.endSeq
    this.bytes = this.bytesAfter(snapshot)
    this.freed = 0
    for (const [i, chunk] of heads.entries()) {
      const before = chunk.diskBytes
      chunk.diskBytes = bytesWith(chunk, change.heads[i]!.head)
      if (chunk.firstSeq < first) this.freed += chunk.diskBytes - before
    }
    for (const [i, chunk] of chunks.entries()) {
      chunk.persisted = true
      const { head, body } = change.chunks[i]!
      chunk.diskBytes = head.byteLength + body.byteLength
      // Evicted while it was written.
      if (chunk.firstSeq < first) this.freed += chunk.diskBytes
      const at = log.unsaved.indexOf(chunk)
      if (at >= 0) log.unsaved.splice(at, 1)
    }
    if (change.evictedBelow !== undefined) this.evictedBelow = change.evictedBelow
    if (change.tail !== undefined) {
      this.tailBytes = sizeOf(change.tail)
      this.hasTail = change.tail !== null
    }
    const lastWritten = chunks[chunks.length - 1]
    if (complete) {
      this.persistedSeq = endSeq
      for (const [code, number] of covered.entries()) log.logs[code]!.persisted = number
    } else if (lastWritten) this.persistedSeq = lastWritten.firstSeq + lastWritten.count
    log.trimText()
    this.options.saved()
    for (const resolve of snapshot.waiting) resolve()
  }
}

/** Bytes on disk of a stored chunk whose head is written anew. */
function bytesWith({ packedBytes, textBytes }: MemoryChunk, head: ArrayBuffer): number {
  return head.byteLength + (packedBytes || rawBodyBytes(textBytes))
}

function sizeOf(tail: TailRecord | null): number {
  return tail ? tail.head.byteLength + tail.body.byteLength : 0
}

function troubleOf(error: unknown): string {
  const full = error instanceof Error && error.name === 'QuotaExceededError'
  return full ? 'the disk is full (quota exceeded)' : messageOf(error)
}

function nothing(): void {}
