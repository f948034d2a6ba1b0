import { rawBodyBytes } from '@playhead/shared/wire/body-codec'
import type { MemoryChunk } from '../log/chunk'
import type { SessionLog } from '../log/session-log'
import type { Disk } from '../storage/disk'
import { type Locks, sessionLock } from '../storage/locks'
import { TextReader } from '../storage/texts'
import type { SessionWriter } from '../storage/writer'

/**
 * What became of one chunk. `packed`: its body is compressed now. `skipped`: its body cannot be replaced, and it is not tried again.
 * `later`: idle time is over or another panel holds the session's lock; it is tried again.
 */
export type PackOutcome = 'packed' | 'skipped' | 'later'

/** A session whose chunks can be compressed, whether their text is on disk or in memory only. */
export interface PackTarget {
  readonly log: SessionLog
  /** Whether the body of a sealed chunk is where it can be read and replaced. */
  ready(chunk: MemoryChunk): boolean
  /** The stored body of a chunk whose text is not in memory; undefined when there is none. */
  body(chunk: MemoryChunk): Promise<ArrayBuffer | undefined>
  /** Puts the compressed body in place of the raw one and notes its size in bytes. Rejects when the disk refuses the write. */
  replace(chunk: MemoryChunk, body: ArrayBuffer): Promise<PackOutcome>
}

/** The session that this panel records to the disk. Only its writer may write, as it holds the session's lock. */
export function writtenTarget(log: SessionLog, writer: SessionWriter, disk: Disk): PackTarget {
  return {
    log,
    ready: chunk => chunk.persisted,
    body: chunk => disk.body(writer.data, chunk.firstSeq),
    replace: async (chunk, body) => ((await writer.packBody(chunk, body)) ? 'packed' : 'skipped'),
  }
}

/** A stored session that was opened to be looked at. Its lock is taken for each write; while a panel records into it, that fails. */
export function storedTarget(log: SessionLog, data: string, disk: Disk, locks: Locks): PackTarget {
  const { id } = log.session
  return {
    log,
    ready: chunk => chunk.persisted,
    body: chunk => disk.body(data, chunk.firstSeq),
    async replace(chunk, body) {
      const release = await locks.hold(sessionLock(id)).catch(() => undefined)
      if (!release) return 'later'
      try {
        const { firstSeq, textBytes } = chunk
        const rawBytes = rawBodyBytes(textBytes)
        if (!(await disk.packBody({ id, data, firstSeq, body, rawBytes }))) return 'skipped'
        const less = (chunk.packedBytes || rawBytes) - body.byteLength
        chunk.packedBytes = body.byteLength
        chunk.diskBytes -= less
        log.session.bytes -= less
        return 'packed'
      } finally {
        release()
      }
    },
  }
}

/** A session that is in memory only. With `raw`, text stays uncompressed, and fast, as long as all of it fits into the text budget. */
export function memoryTarget(log: SessionLog, raw: boolean): PackTarget {
  return {
    log,
    ready: chunk => chunk.text !== undefined && (!raw || log.overBudget),
    body: async () => undefined,
    async replace(chunk, body) {
      if (!log.chunks.includes(chunk)) return 'skipped'
      log.textSource ??= textsInMemory(log)
      log.packText(chunk, body)
      return 'packed'
    },
  }
}

/** Reads the text of chunks whose compressed body is kept in memory. */
function textsInMemory(log: SessionLog): SessionLog['textSource'] {
  const texts = new TextReader(
    async chunk => (chunk as MemoryChunk).packed,
    () => {},
    () => log.limits.textBudget,
  )
  return (chunk, search) => (search ? texts.search(chunk, search) : texts.load(chunk))
}
