import { rawBodyBytes } from '@playhead/shared/wire/body-codec'
import type { MemoryChunk } from '../log/chunk'
import type { SessionLog } from '../log/session-log'
import type { Disk } from '../storage/disk'
import { type Locks, sessionLock } from '../storage/locks'
import { TextReader } from '../storage/texts'
import type { SessionWriter } from '../storage/writer'

/** `skipped`: never, `later`: not now. */
export type PackOutcome = 'packed' | 'skipped' | 'later'

/** A session whose chunks can be compressed, wherever their text is. */
export interface PackTarget {
  readonly log: SessionLog
  /** Of a sealed chunk: its text can be had, and replaced. */
  ready(chunk: MemoryChunk): boolean
  /** The stored body of a chunk whose text is not in memory. */
  body(chunk: MemoryChunk): Promise<ArrayBuffer | undefined>
  /** Puts the compressed body in place of the raw one, and notes its size. Rejects when the disk refuses. */
  replace(chunk: MemoryChunk, body: ArrayBuffer): Promise<PackOutcome>
}

/** A session that records to the disk: its writer is the one who writes. */
export function writtenTarget(log: SessionLog, writer: SessionWriter, disk: Disk): PackTarget {
  return {
    log,
    ready: chunk => chunk.persisted,
    body: chunk => disk.body(writer.data, chunk.firstSeq),
    replace: async (chunk, body) => ((await writer.packBody(chunk, body)) ? 'packed' : 'skipped'),
  }
}

/** A session opened to look at; not while a panel records into it. */
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

/** A session without a disk. `raw`: what fits into the budget stays as it is. */
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

function textsInMemory(log: SessionLog): SessionLog['textSource'] {
  const texts = new TextReader(
    async chunk => (chunk as MemoryChunk).packed,
    () => {},
    () => log.limits.textBudget,
  )
  return (chunk, search) => (search ? texts.search(chunk, search) : texts.load(chunk))
}
