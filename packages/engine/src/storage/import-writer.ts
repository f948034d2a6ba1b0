import type { Gap } from '@playhead/shared/model/gap'
import type { Keyframe, SessionInfo } from '@playhead/shared/model/session'
import type { Batch } from '@playhead/shared/wire/columns'
import { ulid } from 'ulid'
import { ImportLog, type TakeRange } from '../log/import-log'
import type { Disk } from './disk'
import { importLock, type Locks } from './locks'
import { SessionWriter } from './writer'

/** Sealed chunks that may wait for the disk before `batch` makes its caller wait. */
const WAITING = 16
/** Bytes of text that stay in memory at most: before `commit` nobody reads it. */
const TEXT = 4 << 20

/**
 * Takes a whole session in, out of sight: nothing is in the catalogue before `commit`, which replaces a session of the same id in one
 * transaction. After `abort`, or when the worker dies, the store is as it was. Rejects when the disk refuses.
 */
export interface SessionImporter {
  /** Events of one of the session's producers; times are session time. */
  batch(batch: Batch): Promise<void>
  keyframe(keyframe: Keyframe): void
  gap(gap: Gap): void
  takeRange(range: TakeRange): void
  commit(): Promise<SessionInfo>
  abort(): Promise<void>
}

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

/** Removes what imports left behind whose worker died. */
export async function sweepImports(disk: Disk, locks: Locks): Promise<void> {
  for (const data of await disk.unfinishedImports()) {
    const release = await locks.hold(importLock(data)).catch(() => undefined)
    if (!release) continue
    await disk.abortImport(data)
    release()
  }
}
