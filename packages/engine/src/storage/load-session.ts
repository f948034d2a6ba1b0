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

export interface LoadedSession {
  log: SessionLog
  bytes: number
  tailBytes: number
  /** What could not be read, for people; empty when all is well. */
  damage: string[]
}

/**
 * A session from the disk. The log is the truth: string tables, producers' numbers, the index and the counts are built from the heads
 * of its chunks; bodies are not read. A head that is missing or damaged leaves hidden rows in the order of seqs and a gap in the
 * numbers of its producers; everything else stays readable.
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

/** Lets the log find text on disk that is not in memory. */
export function readTextsFrom(disk: Disk, data: string, log: SessionLog, onLost: (message: string) => void): void {
  const texts = new TextReader(
    chunk => disk.body(data, chunk.firstSeq),
    (chunk, why) => onLost(`The payloads of ${chunk.count - chunk.firstRow} events could not be read: ${why}`),
    () => log.limits.textBudget,
  )
  log.textSource = (chunk, search) => (search ? texts.search(chunk, search) : texts.load(chunk))
}

class Rebuild {
  readonly damage: string[] = []
  /** Seq at which the next chunk should begin. */
  private at: number

  constructor(
    private readonly log: SessionLog,
    private readonly firstSeq: number,
  ) {
    this.at = -1
    log.firstSeq = firstSeq
    log.endSeq = firstSeq
  }

  sealed(firstSeq: number, head: ArrayBuffer): MemoryChunk | undefined {
    const stored = this.decode(firstSeq, head)
    if (!stored) return undefined
    const chunk = MemoryChunk.stored(stored, undefined)
    this.add(stored, chunk)
    return chunk
  }

  /** Bytes of the tail; 0 where there is none to be used. */
  tail({ tail }: StoredSession): number {
    if (!tail) return 0
    try {
      const stored = decodeHead(tail.head)
      const { firstSeq } = stored.meta
      // Its chunk was sealed and written since.
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

  /** Names and producers that the chunk uses. False: they contradict what is known. */
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

function unknownProducer(id: string) {
  return {
    ...{ id, name: '', url: '', title: '', context: 'top' as const, sdk: '' },
    ...{ timeOrigin: 0, offset: 0, base: 0, emitted: 0, attachments: [] },
  }
}
