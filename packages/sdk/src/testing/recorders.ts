import { afterEach } from 'vitest'
import type { RecorderOptions } from '../api/options'
import type { RecorderWithHistory } from '../api/recorder'
import { createRecorder } from '../entries/core'
import { history } from '../entries/history'

const recorders: RecorderWithHistory[] = []
afterEach(() => {
  for (const recorder of recorders.splice(0)) recorder.dispose()
})

/** A recorder with history that is disposed of after the test. */
export function create(options: RecorderOptions = {}): RecorderWithHistory {
  const extensions = options.extensions ?? [history()]
  const recorder = createRecorder({ enabled: true, name: 'test', ...options, extensions }) as RecorderWithHistory
  recorders.push(recorder)
  return recorder
}

/** A bus of handlers by type, with the middleware in front. */
export function busOf(
  recorder: RecorderWithHistory,
  handlers: Record<string, (emit: (type: string) => void) => void>,
  options = {},
) {
  const run = recorder.middleware(options)
  const emit = (type: string) => run({ type, payload: type }, event => handlers[event.type]?.(emit))
  return emit
}

/** `a, a>b`: each event with its cause. */
export function story(recorder: RecorderWithHistory): string {
  const events = recorder.history.getEvents()
  const byId = new Map(events.map(event => [event.id, event.type]))
  return events
    .map(event => (event.cause === undefined ? event.type : `${byId.get(event.cause) ?? '?'}>${event.type}`))
    .join(' ')
}
