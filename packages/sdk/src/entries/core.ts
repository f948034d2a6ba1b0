/**
 * The lean SDK: records, and loads what it takes to send when a panel first offers itself. `history()`, `replay()` and `link()` are added
 * through `extensions`.
 */

import type { History, Recorder, RecorderOptions } from '../api/types'
import { warnOnce } from '../page/natives'
import { inertRecorder } from '../recorder/inert'
import { enabledByDefault } from '../recorder/options'
import { startRecorder } from '../recorder/recorder'

export type * from '../api/types'

/** Never throws; where recording cannot start, the recorder is inert. */
export function createRecorder(options: RecorderOptions = {}): Recorder & { readonly history?: History } {
  if (!(options.enabled ?? enabledByDefault())) return inertRecorder()
  try {
    return startRecorder(options, async () => (await import('../link/connector')).transport)
  } catch (error) {
    warnOnce('recording could not start', error)
    return inertRecorder()
  }
}
