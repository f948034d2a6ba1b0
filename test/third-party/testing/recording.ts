import { createRecorder, type RecorderOptions, type RecorderWithHistory } from '@playhead/sdk'
import { afterEach } from 'vitest'

const recorders: RecorderWithHistory[] = []
afterEach(() => {
  for (const recorder of recorders.splice(0)) recorder.dispose()
})

let count = 0

/** A recorder that is disposed of after the test. */
export function recording(options: RecorderOptions = {}): RecorderWithHistory {
  const recorder = createRecorder({ enabled: true, name: `test ${++count}`, level: 'detail', ...options })
  recorders.push(recorder)
  return recorder
}

/** `a`, `a>b`: what was recorded, each event after its cause. */
export function story(recorder: RecorderWithHistory): string[] {
  const events = recorder.history.getEvents()
  const typeOf = new Map(events.map(event => [event.id, event.type]))
  return events.map(({ type, cause }) => (cause === undefined ? type : `${typeOf.get(cause) ?? '?'}>${type}`))
}

/** Lets tasks of `ms` pass. */
export const pass = (ms = 0): Promise<void> => new Promise(resolve => setTimeout(resolve, ms))
