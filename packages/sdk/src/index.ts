/** The SDK with everything built in. For the smallest bundle take `@playhead/sdk/core` and add what is used. */

import type { RecorderOptions } from './api/options'
import type { RecorderWithHistory } from './api/recorder'
import { createRecorder as createLean } from './entries/core'
import { history } from './entries/history'
import { link } from './entries/link'
import { replay } from './entries/replay'
import { values } from './entries/values'

export type * from './api/adapter'
export type * from './api/extensions'
export type * from './api/history'
export type * from './api/options'
export type * from './api/recorder'

/**
 * Starts recording into the page's buffer and offers itself to a panel. Never throws. With `enabled: false` (the default in production
 * builds) every function is inert.
 */
export function createRecorder(options: RecorderOptions = {}): RecorderWithHistory {
  const extensions = [values(), link(), history(), replay(), ...(options.extensions ?? [])]
  return createLean({ ...options, extensions }) as RecorderWithHistory
}
