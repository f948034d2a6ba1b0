import type { Gap } from '@playhead/shared/model/gap'
import type { Keyframe, SessionInfo } from '@playhead/shared/model/session'
import type { Batch } from '@playhead/shared/wire/columns'
import { ulid } from 'ulid'
import { SessionLog } from '../log/session-log'
import type { Disk } from './disk'
import { holdLock } from './locks'
import { SessionWriter } from './writer'

/** Sealed chunks that may wait for the disk before `batch` makes its caller wait. */
const WAITING = 16

/**
 * Takes a whole session in, out of sight: nothing is in the catalogue before `commit`, which replaces a session of the same id in one
 * transaction. After `abort`, or when the worker dies, the store is as it was. Rejects when the disk refuses.
 */
export interface SessionImporter {
  /** Events of one of the session's producers; times are session time. */
  batch(batch: Batch): Promise<void>
  keyframe(keyframe: Keyframe): void
  gap(gap: Gap): void
  commit(): Promise<SessionInfo>
  abort(): Promise<void>
}

export const importLock = (data: string) => `playhead:import:${data}`

export async function openImporter(disk: Disk, given: SessionInfo, textBudget: number): Promise<SessionImporter> {
  const data = ulid()
  const release = await holdLock(importLock(data))
  await disk.beginImport(data)
  const { producers } = given
  // Numbers of the file count from `base`; how far each producer got is what its events and gaps say.
  const info: SessionInfo = { ...structuredClone(given), producers: [], bytes: 0 }
  const log = new SessionLog(info, { maxEvents: Number.POSITIVE_INFINITY, textBudget })
  for (const producer of producers) log.addProducer({ ...producer, offset: 0, emitted: producer.base })
  log.textSource = async () => undefined
  const gaps: Gap[] = []
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
      const producer = log.producer(batch.meta.producer)
      if (!producer) throw new Error(`producer ${batch.meta.producer} is not in the session`)
      log.append(batch, producer)
      writer.touch()
      if (log.unsaved.length >= WAITING) await settled()
    },
    keyframe(keyframe) {
      log.addKeyframe(keyframe)
    },
    gap(gap) {
      gaps.push(gap)
    },
    async commit() {
      for (const { producer, fromN, toN, reason, from, to } of gaps) {
        const own = log.producer(producer)
        if (own) log.addGap(own, fromN, toN, reason, from, to)
      }
      // The clock offsets are what they were: only the events' times are session time already.
      for (const [code, producer] of producers.entries()) log.logs[code]!.info.offset = producer.offset
      log.infoDirty = true
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
export async function sweepImports(disk: Disk): Promise<void> {
  for (const data of await disk.unfinishedImports()) {
    const release = await holdLock(importLock(data)).catch(() => undefined)
    if (!release) continue
    await disk.abortImport(data)
    release()
  }
}
