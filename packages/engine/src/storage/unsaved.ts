import type { Keyframe } from '@playhead/shared/model/session'
import { encodeBody, rawBodyBytes } from '@playhead/shared/wire/body-codec'
import { encodeHead } from '@playhead/shared/wire/chunk-codec'
import type { MemoryChunk } from '../log/chunk'
import type { SessionLog } from '../log/session-log'
import type { SessionWrite } from './disk'
import { packedList } from './packed-bodies'
import type { SessionRecord, TailRecord } from './records'
import { forgetSaved } from './start-over'

/** One transaction writes at most so many sealed chunks, which bounds the memory that their copies take. */
const MOST_CHUNKS = 32

/** What one transaction writes, and what must be known of it when it is over. */
export interface Snapshot {
  change: SessionWrite
  /** The chunks, heads, keyframes and numbers of removed keyframes that `change` holds, in its order. */
  chunks: MemoryChunk[]
  heads: MemoryChunk[]
  keyframes: Keyframe[]
  removed: number[]
  /** True: the transaction writes everything that was unsaved, the open chunk included. */
  complete: boolean
  /** The log's `endSeq`, and each producer's highest covered n by code, when the snapshot was taken. */
  endSeq: number
  covered: number[]
}

/**
 * Knows what of a log is not on the disk, and hands it out in portions for one transaction each:
 *
 *     log ── take() ──→ snapshot ── written → settle(): it is on disk, bytes are counted
 *      ↑                   └─────── refused → giveBack() ─┐
 *      └─────────────────── marked as unsaved again ──────┘
 *
 * `take` marks what it takes as saved, so that whatever changes while the transaction runs counts as new.
 */
export class Unsaved {
  /** Every event with a seq below this is on disk. */
  persistedSeq: number
  /** Bytes of columns and text on disk. */
  bytes: number
  /** True: what was written is gone, and the next `take` begins from nothing. */
  startsOver = false
  private evictedBelow = 0
  private tailBytes: number
  private hasTail: boolean
  /** Bytes of evicted chunks that the next write deletes from the disk. */
  private freed = 0

  /** `listed` false: the session's record is not written. `stored` are the bytes on disk, in all and of the open chunk. */
  constructor(
    private readonly log: SessionLog,
    private readonly data: string,
    private readonly listed: boolean,
    stored: { bytes: number; tailBytes: number },
  ) {
    this.persistedSeq = log.endSeq
    this.bytes = stored.bytes
    this.tailBytes = stored.tailBytes
    this.hasTail = stored.tailBytes > 0
  }

  /** True: something is not on disk. */
  get any(): boolean {
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

  /** Returns the session's record for the catalogue. `bytes` are those that will be on disk with it. */
  record(bytes = this.bytes): SessionRecord {
    const { log } = this
    const info = structuredClone(log.session)
    info.bytes = bytes
    const packed = packedList(log.chunks)
    return { info, data: this.data, firstSeq: log.firstSeq, ...(packed && { packed }) }
  }

  /** Takes what is not saved. What changes from now on counts as new. */
  take(): Snapshot {
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
    }
    if (complete) this.takeTail(snapshot)
    // The stored tail may be an older state of a chunk that was sealed since, and must not be there beside it.
    else if (this.hasTail) change.tail = null
    this.takeRest(snapshot)
    this.freed += log.takeEvictedBytes()
    if (this.listed) change.record = this.record(this.bytesAfter(snapshot))
    return snapshot
  }

  /** Marks everything of a snapshot as unsaved again, because its transaction failed. */
  giveBack({ change, heads, keyframes, removed }: Snapshot): void {
    const { log } = this
    for (const chunk of heads) log.changedHeads.add(chunk)
    for (const { code } of change.gaps) log.logs[code]!.gapsDirty = true
    log.keyframeList.unsaved.unshift(...keyframes)
    log.keyframeList.removed.unshift(...removed)
    log.tailDirty = true
    log.infoDirty = true
  }

  /** Notes that everything of a snapshot is on disk. */
  settle(snapshot: Snapshot): void {
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
      // The chunk was evicted while it was written, so its bytes go with the next write.
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
}

/** Returns the bytes on disk of a stored chunk whose head is written anew. */
function bytesWith({ packedBytes, textBytes }: MemoryChunk, head: ArrayBuffer): number {
  return head.byteLength + (packedBytes || rawBodyBytes(textBytes))
}

function sizeOf(tail: TailRecord | null): number {
  return tail ? tail.head.byteLength + tail.body.byteLength : 0
}
