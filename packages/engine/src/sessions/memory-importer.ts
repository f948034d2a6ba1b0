import type { SessionInfo } from '@playhead/shared/model/session'
import { ImportLog } from '../log/import-log'
import type { LogLimits, SessionLog } from '../log/session-log'
import type { SessionImporter } from '../storage/import-writer'

/** Takes a whole session into memory. `keep` is called with its artifacts, and `commit` with its log when the importer is committed. */
export function memoryImporter(
  given: SessionInfo,
  limits: LogLimits,
  keep: (ref: string, bytes: ArrayBuffer) => void,
  commit: (log: SessionLog) => void,
): SessionImporter {
  const imported = new ImportLog(given, limits)
  return {
    batch: async batch => imported.append(batch),
    keyframe: keyframe => imported.keyframe(keyframe),
    gap: gap => imported.gap(gap),
    takeRange: range => imported.takeRange(range),
    async artifact(ref, bytes) {
      keep(ref, bytes)
      return true
    },
    async commit() {
      imported.finish()
      commit(imported.log)
      return structuredClone(imported.log.session)
    },
    abort: async () => {},
  }
}
