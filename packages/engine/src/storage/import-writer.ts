import type { Gap } from '@playhead/shared/model/gap'
import type { Keyframe, SessionInfo } from '@playhead/shared/model/session'
import type { Batch } from '@playhead/shared/wire/columns'
import { ulid } from 'ulid'
import { ImportLog, type TakeRange } from '../log/import-log'
import type { Disk } from './disk'
import { importLock, type Locks } from './locks'
import { SessionWriter } from './writer'

/** So many sealed chunks may wait for the disk before `batch` makes its caller wait. */
const WAITING = 16
/** At most so many bytes of text stay in memory: nobody reads it before `commit`. */
const TEXT = 4 << 20

/**
 * Takes a whole session in. The session is in no list before `commit`, which puts it in place of one of the same id in one transaction.
 * After `abort`, or when the process dies, everything is as it was before. Rejects when the disk refuses.
 */
export interface SessionImporter {
  /** Takes in events of one producer of the session. Their times must be session time in ms. */
  batch(batch: Batch): Promise<void>
  keyframe(keyframe: Keyframe): void
  gap(gap: Gap): void
  /** Stores the bytes of an artifact. Resolves with false where the session has no room. */
  artifact(ref: string, bytes: ArrayBuffer): Promise<boolean>
  /** Says which events a take replayed, by their ids. */
  takeRange(range: TakeRange): void
  /** Stores what is left, lists the session, and resolves with its record. */
  commit(): Promise<SessionInfo>
  abort(): Promise<void>
}

/**
 * Begins an import to disk, under a data key and a lock of its own. `given` is the session's record from the file, `textBudget` the bytes
 * of payload text that it may keep in memory.
 */
export async function openImporter(
  disk: Disk,
  locks: Locks,
  given: SessionInfo,
  textBudget: number,
): Promise<SessionImporter> {
  const data = ulid()
  const release = await locks.hold(importLock(data))
  await disk.beginImport(data)
  const imported = new ImportLog(given, { textBudget: Math.min(textBudget, TEXT) })
  const { log } = imported
  log.textSource = async () => undefined
  let trouble = ''
  const writer = new SessionWriter(disk, log, data, {
    listed: false,
    saved: () => {},
    trouble: message => {
      trouble = message
    },
  })
  const settled = async () => {
    await writer.flush()
    if (trouble) throw new Error(`the session could not be stored: ${trouble}`)
  }
  return {
    async batch(batch) {
      imported.append(batch)
      writer.touch()
      if (log.unsaved.length >= WAITING) await settled()
    },
    keyframe: keyframe => imported.keyframe(keyframe),
    gap: gap => imported.gap(gap),
    takeRange: range => imported.takeRange(range),
    artifact: (ref, bytes) => disk.putBlob(data, ref, bytes),
    async commit() {
      imported.finish()
      await settled()
      await writer.stop()
      const record = writer.record()
      await disk.commitImport(record)
      release()
      return record.info
    },
    async abort() {
      await writer.stop()
      await disk.abortImport(data)
      release()
    },
  }
}

/** Deletes what imports left behind whose process died: nobody holds their lock. */
export async function sweepImports(disk: Disk, locks: Locks): Promise<void> {
  for (const data of await disk.unfinishedImports()) {
    const release = await locks.hold(importLock(data)).catch(() => undefined)
    if (!release) continue
    await disk.abortImport(data)
    release()
  }
}
