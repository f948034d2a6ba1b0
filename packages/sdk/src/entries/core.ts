/**
 * The lean SDK: records, and loads what it takes to send when a panel first offers itself. `history()`, `replay()` and `link()` are added
 * through `extensions`.
 */
import { inertRecorder } from '../inert'
import { warnOnce } from '../natives'
import { enabledByDefault } from '../options'
import { startRecorder } from '../recorder'
import type { History, Recorder, RecorderOptions } from '../types'

export type * from '../types'

/** Never throws; where recording cannot start, the recorder is inert. */
export function createRecorder(options: RecorderOptions = {}): Recorder & { readonly history?: History } {
  if (!(options.enabled ?? enabledByDefault())) return inertRecorder()
  try {
    return startRecorder(options, async () => (await import('../link/transport')).transport)
  } catch (error) {
    warnOnce('recording could not start', error)
    return inertRecorder()
  }
}
