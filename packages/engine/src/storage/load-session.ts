import { CHUNK_ROWS } from '@playhead/shared/model/event'
import { messageOf } from '@playhead/shared/values/message-of'
import { decodeBody, rawBodyBytes } from '@playhead/shared/wire/body-codec'
import { decodeHead } from '@playhead/shared/wire/chunk-codec'
import type { Chunk } from '@playhead/shared/wire/columns'
import { MemoryChunk } from '../log/chunk'
import { type LogLimits, SessionLog } from '../log/session-log'
import type { Disk, StoredSession } from './disk'
import { packedBodies } from './packed-bodies'
import type { SessionRecord } from './records'
import { isGapRecord, isKeyframe } from './sound-record'
import { TextReader } from './texts'

/** A session that was read from the disk. */
export interface LoadedSession {
  log: SessionLog
  /** Bytes on disk of all chunks, and of the open one. */
  bytes: number
  tailBytes: number
  /** Says for people what could not be read; empty where everything could. */
  damage: string[]
}

/**
 * Rebuilds the log of a session from the disk. Only heads are read; bodies stay on disk until somebody looks. String tables, numbers of
 * producers, the index from n to seq and all counts are rebuilt from the heads, because the log is the truth and the record may be older:
 *
 *     heads      [ 0 … 4095 ]  [ 4096 … 8191 ]      ✗        [ 12288 … ]   then the tail, the chunk that was open
 *                      │             │              │              │
 *     log.chunks    stored        stored     hollow: 4,096      stored     reopened, goes on growing
 *                                            hidden rows
 *     producers   n of each row is known                ↑ n that no row has and no stored gap explains: a new gap, `corrupt` or `lost`
 *
 *     1. each head, in the order of seqs: decode, check, register names and producers, restore its runs of n
 *     2. the tail, unless its chunk was sealed and written since
 *     3. the stored gaps; then what is missing up to the highest n that the record knows
 *     4. the keyframes
 *
 * A head that is missing or damaged costs its own events and nothing else. Its place is taken by a hollow chunk, so that the seqs of all
 * other events stay what they were. Rows before the record's `firstSeq` were evicted while their chunk still had younger ones: they are
 * read, and hidden.
 */
export async function loadSession(
  disk: Disk,
  record: SessionRecord,
  limits: LogLimits,
  onLostText: (message: string) => void,
): Promise<LoadedSession> {
  const stored = await disk.read(record.data)
  const info = structuredClone(record.info)
  const emitted = info.producers.map(producer => producer.emitted)
  const log = new SessionLog(info, limits)
  readTextsFrom(disk, record.data, log, onLostText)
  const rebuild = new Rebuild(log, record.firstSeq)
  if (record.repaired) rebuild.damage.push('its entry in the catalogue')
  const packed = packedBodies(record)
  let bytes = 0
  for (const { firstSeq, head } of stored.heads) {
    const chunk = rebuild.sealed(firstSeq, head)
    if (!chunk) continue
    chunk.packedBytes = packed.get(firstSeq) ?? 0
    chunk.diskBytes = head.byteLength + (chunk.packedBytes || rawBodyBytes(chunk.textBytes))
    bytes += chunk.diskBytes
  }
  const tailBytes = rebuild.tail(stored)
  rebuild.finish(emitted, stored)
  log.infoDirty = false
  return { log, bytes: bytes + tailBytes, tailBytes, damage: rebuild.damage }
}

/**
 * Lets the log read text from the disk that is not in memory. `onLost` is called with a sentence for the user, once for each chunk whose
 * text is lost.
 */
export function readTextsFrom(disk: Disk, data: string, log: SessionLog, onLost: (message: string) => void): void {
  const texts = new TextReader(
    chunk => disk.body(data, chunk.firstSeq),
    (chunk, why) => onLost(`The payloads of ${chunk.count - chunk.firstRow} events could not be read: ${why}`),
    () => log.limits.textBudget,
  )
  log.textSource = (chunk, search) => (search ? texts.search(chunk, search) : texts.load(chunk))
}

/** The log while it is being rebuilt. */
class Rebuild {
  readonly damage: string[] = []
  /** seq at which the next chunk should begin; -1 before the first. */
  private at: number

  constructor(
    private readonly log: SessionLog,
    private readonly firstSeq: number,
  ) {
    this.at = -1
    log.restoreFrom(firstSeq)
  }

  /** Adds a sealed chunk. Undefined where its head cannot be used. */
  sealed(firstSeq: number, head: ArrayBuffer): MemoryChunk | undefined {
    const stored = this.decode(firstSeq, head)
    if (!stored) return undefined
    const chunk = MemoryChunk.stored(stored, undefined)
    this.add(stored, chunk)
    return chunk
  }

  /** Adds the open chunk, and returns its bytes on disk; 0 where there is none, or none that can be used. */
  tail({ tail }: StoredSession): number {
    if (!tail) return 0
    try {
      const stored = decodeHead(tail.head)
      const { firstSeq } = stored.meta
      // The tail is older than a sealed chunk that holds the same events.
      if (firstSeq < this.at) return 0
      const text = decodeBody(tail.body, stored)
      if (!this.register(stored)) return 0
      this.add(stored, MemoryChunk.reopened(stored, text.slice()))
      return tail.head.byteLength + tail.body.byteLength
    } catch (error) {
      this.damage.push(`the open chunk: ${messageOf(error)}`)
      return 0
    }
  }

  /** Adds gaps and keyframes. `emitted` is the highest known n of each producer, by code, as the record says. */
  finish(emitted: readonly number[], { gaps, keyframes }: StoredSession): void {
    const { log } = this
    for (const record of gaps) {
      if (!isGapRecord(record)) {
        this.damage.push('a record of missing events')
        continue
      }
      const own = log.producer(record.producer)
      for (const gap of record.gaps) own?.restoreGap(gap)
    }
    for (const own of log.logs) {
      const reason = this.damage.length > 0 ? 'corrupt' : 'lost'
      own.restored(emitted[own.code] ?? 0, reason, n => log.timeOf(own, n))
    }
    for (const { number, keyframe } of keyframes) {
      if (isKeyframe(keyframe)) log.keyframeList.restore(number, keyframe)
      else this.damage.push('a recorded state')
    }
  }

  private decode(firstSeq: number, head: ArrayBuffer): Chunk | undefined {
    try {
      const stored = decodeHead(head)
      if (stored.meta.firstSeq !== firstSeq) throw new Error(`it says it begins at ${stored.meta.firstSeq}`)
      if (this.at > firstSeq) throw new Error('it overlaps the one before it')
      if (!this.register(stored)) throw new Error('its producers are not those of the session')
      return stored
    } catch (error) {
      this.damage.push(`chunk ${firstSeq}: ${messageOf(error)}`)
      return undefined
    }
  }

  /** Takes over the names and producers that a chunk uses. False where its producers contradict those that are known. */
  private register({ meta }: Chunk): boolean {
    const { log } = this
    const producers = [...meta.producers].sort((a, b) => a[0] - b[0])
    for (const [code, id] of producers) {
      if (code > log.logs.length || (log.producers[code] ?? id) !== id) return false
      if (code === log.logs.length) log.addProducer(unknownProducer(id))
    }
    log.restoreNames(meta.types, meta.sources)
    return true
  }

  /** Puts a chunk into the log, after hollow ones for the seqs that are missing before it. */
  private add(stored: Chunk, chunk: MemoryChunk): void {
    const { log } = this
    const { firstSeq } = chunk
    const expected = this.at >= 0 ? this.at : Math.min(this.firstSeq, firstSeq)
    if (firstSeq > expected) {
      if (this.damage.length === 0) this.damage.push(`events ${expected} to ${firstSeq - 1} are missing`)
      for (let at = expected; at < firstSeq; at += CHUNK_ROWS) {
        log.restoreChunk(MemoryChunk.hollow(at, Math.min(CHUNK_ROWS, firstSeq - at)))
      }
    }
    chunk.firstRow = Math.min(chunk.count, Math.max(0, this.firstSeq - firstSeq))
    this.at = firstSeq + chunk.count
    log.restoreChunk(chunk)
    this.rows(stored, chunk)
  }

  /** Restores the numbers of a chunk's rows, as runs of consecutive n of one producer that are all hidden or all visible. */
  private rows({ count }: Chunk, { producer, n, time, firstSeq, firstRow }: MemoryChunk): void {
    for (let start = 0; start < count; ) {
      const code = producer[start]!
      let end = start + 1
      const hidden = start < firstRow
      const limit = hidden ? firstRow : count
      while (end < limit && producer[end] === code && n[end] === n[end - 1]! + 1) end++
      this.log.logs[code]?.restoreRun(n[start]!, end - start, firstSeq + start, time[end - 1]!, hidden)
      start = end
    }
  }
}

/** A producer of which nothing is known but the id: its chunk is there, its entry in the record is not. */
function unknownProducer(id: string) {
  return {
    ...{ id, name: '', url: '', title: '', context: 'top' as const, sdk: '' },
    ...{ timeOrigin: 0, offset: 0, base: 0, emitted: 0, attachments: [] },
  }
}
