/** The only file that knows Playhead: it records the app and makes it ready for replays. */
import { createRecorder } from '@playhead/sdk'
import { mittAdapter } from '@playhead/sdk/mitt'
import type { Bus } from './bus'
import type { Clock } from './clock'
import { type EventName, INPUTS } from './model/events'
import type { Config } from './model/types'
import type { Store } from './store'
import { type EventLevel, VOCABULARY } from './vocabulary'

export interface Recorded {
  bus: Bus
  store: Store
  clock: Clock
  config: Config
  /** The level that is recorded. Default `action`. */
  level?: string
}

/** Begins to record. Call it before the first event. Returns a function that ends the recording and leaves the bus as it was. */
export function record({ bus, store, clock, config, level }: Recorded): () => void {
  const recorder = createRecorder({
    name: 'payments',
    enabled: true,
    seed: config.seed,
    config,
    facets: ['agentId', 'txId', 'tick', 'day'],
    level: isLevel(level) ? level : 'action',
  })
  recorder.attach(mittAdapter(bus), {
    source: 'core',
    inputs: [...INPUTS],
    describe: type => (isKnown(type) ? { level: VOCABULARY[type].level, kind: VOCABULARY[type].kind } : undefined),
  })
  recorder.describe(VOCABULARY)
  recorder.mark('Day 1', 'day')
  bus.on('EndOfDay', report => {
    recorder.artifact(`Day ${report.day} report`, JSON.stringify(report, null, 2), { type: 'application/json' })
    recorder.mark(`Day ${report.day + 1}`, 'day')
  })
  recorder.state('settlement', { get: store.get, set: store.replace })
  recorder.onReplay({ start: clock.stop, end: clock.start })
  return () => recorder.dispose()
}

function isKnown(type: string): type is EventName {
  return Object.hasOwn(VOCABULARY, type)
}

function isLevel(level: string | undefined): level is EventLevel | 'detail' {
  return level !== undefined && ['milestone', 'decision', 'action', 'state', 'detail'].includes(level)
}
