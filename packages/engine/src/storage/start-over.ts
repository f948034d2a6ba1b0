import type { SessionLog } from '../log/session-log'

/**
 * Marks everything of a log as unsaved, because nothing of it is on the disk any more. Of chunks whose text is not in memory only the
 * columns can be written again: their events stay, their payloads are lost.
 */
export function forgetSaved(log: SessionLog): void {
  const sealed = log.chunks.filter(chunk => chunk.sealed && !chunk.hollow)
  for (const chunk of sealed) {
    chunk.persisted = !chunk.text
    chunk.packedBytes = 0
    chunk.diskBytes = 0
    if (chunk.persisted) log.changedHeads.add(chunk)
  }
  log.unsaved.splice(0, log.unsaved.length, ...sealed.filter(chunk => !chunk.persisted))
  log.keyframeList.unsaved = [...log.keyframes]
  log.keyframeList.removed = []
  for (const producer of log.logs) producer.gapsDirty = true
  log.takeEvictedBytes()
  log.tailDirty = true
  log.infoDirty = true
}
