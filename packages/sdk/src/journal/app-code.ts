import type { RecorderOptions } from '../api/options'
import { rawOf, resumeTracking, suspendTracking } from '../encoder/reactive'
import { getOwn, isArray } from '../page/natives'

/** Runs the app's code on a payload without making the effect that is running depend on what it reads. */
export function readUntracked<R>(
  untracked: RecorderOptions['untracked'],
  read: (payload: unknown) => R,
  payload: unknown,
): R {
  const tracking = suspendTracking()
  try {
    return untracked === undefined ? read(rawOf(payload)) : untracked(() => read(payload))
  } finally {
    if (tracking) resumeTracking(tracking)
  }
}

/** What it takes to write a payload of more bytes is measured. */
export const LONG_PAYLOAD = 16 * 1024

/** Returns the arguments that listeners get: adapters make one payload of several, `{ args: […] }`. */
export function argsIn(payload: unknown): unknown[] {
  const args = typeof payload === 'object' && payload !== null ? getOwn(payload, 'args')?.value : undefined
  const list = isArray(args) && Object.keys(payload as object).length === 1 ? args : [payload]
  return list.map(rawOf)
}
