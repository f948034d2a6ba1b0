/**
 * The lean SDK. It records, and loads what it takes to send when a panel first offers itself. An app adds `history()`, `replay()` and
 * `link()` through `extensions`.
 */

import type { History } from '../api/history'
import type { RecorderOptions } from '../api/options'
import type { Recorder } from '../api/recorder'
import { warnOnce } from '../page/natives'
import { warnWrong } from '../page/wrong'
import { inertRecorder } from '../recorder/inert'
import { enabledByDefault } from '../recorder/options'
import { startRecorder } from '../recorder/recorder'

export type * from '../api/adapter'
export type * from '../api/extensions'
export type * from '../api/history'
export type * from '../api/options'
export type * from '../api/recorder'

/** Starts recording. Never throws; where recording cannot start, every function of the recorder is inert. */
export function createRecorder(options: RecorderOptions = {}): Recorder & { readonly history?: History } {
  const { enabled = enabledByDefault() }: { enabled?: unknown } = options
  // An environment variable gives a text.
  if (enabled !== true && enabled !== false) warnWrong('enabled', enabled)
  if (!enabled || enabled === 'false') return inertRecorder()
  try {
    return startRecorder(options, async () => (await import('../link/connector')).connector)
  } catch (error) {
    warnOnce('recording could not start', error)
    return inertRecorder()
  }
}
