import type { History } from '../api/history'
import type { Recorder } from '../api/recorder'

const nothing = () => {}

/** Makes the recorder for where recording is off: every function does what the app would do without it. */
export function inertRecorder(): Recorder & { history: History } {
  return {
    enabled: false,
    id: '',
    middleware: () => (event, next) => next(event),
    attach: () => nothing,
    record: () => undefined,
    within: (_cause, fn) => fn(),
    current: () => undefined,
    state: () => nothing,
    onReplay: () => nothing,
    schema: () => nothing,
    describe: nothing,
    transform: () => nothing,
    mark: nothing,
    artifact: nothing,
    flush: async () => ({ emitted: 0, accepted: 0, persisted: 0, complete: true }),
    acceptPort: nothing,
    dispose: nothing,
    history: {
      getEvents: () => [],
      getEvent: () => undefined,
      causes: () => [],
      effects: () => [],
      statistics: () => ({
        emitted: 0,
        kept: 0,
        missing: 0,
        bytes: 0,
        artifacts: { kept: 0, bytes: 0, lost: 0 },
        from: 0,
        to: 0,
        byType: {},
        bySource: {},
        byLevel: { milestone: 0, decision: 0, action: 0, state: 0, detail: 0 },
      }),
    },
  }
}
