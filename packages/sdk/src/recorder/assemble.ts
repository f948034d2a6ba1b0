import type { RecorderOptions } from '../api/options'
import { Journal } from '../journal/journal'
import { guard } from '../page/guard'
import { takePrevious } from '../page/previous-page'
import { ulid } from '../page/ulid'
import { Descriptions } from './descriptions'
import type { RecorderInternals } from './internals'
import { settings } from './options'
import { Schemas } from './schemas'
import { States } from './states'

/** An event waits so many ms for others to share its batch with. */
const BATCH_DELAY = 16

/** Makes the parts that record and ties them together. There is no connection yet. */
export function assembleInternals(options: RecorderOptions): RecorderInternals {
  const config = settings(options)
  const id = ulid()
  const journal = new Journal(id, config)
  const states = new States(journal.keys, journal.transforms, config.untracked)
  let cancel: (() => void) | undefined

  const flush = () => {
    cancel?.()
    cancel = undefined
    journal.close()
    internals.connection?.link?.pump()
  }
  const guarded = () => guard(flush)
  const flushSoon = () => {
    cancel ??= internals.connection?.link?.later(guarded, BATCH_DELAY)
  }
  journal.onFirstRow = flushSoon

  const internals: RecorderInternals = {
    id,
    settings: config,
    config: options.config === undefined ? undefined : journal.text(options.config),
    journal,
    states,
    schemas: new Schemas(journal.policy.types),
    descriptions: new Descriptions(),
    waiting: [],
    artifacts: undefined,
    hooks: [],
    previous: takePrevious(config.name),
    delivery: undefined,
    connection: undefined,
    replayer: undefined,
    parseReplay: undefined,
    isolated: false,
    disposed: false,
    flush: guarded,
    flushSoon,
    keyframes: why =>
      guard(() => {
        for (const name of states.names) internals.keyframe(name, why)
      }),
    keyframe(name, why) {
      const json = states.text(name)
      if (json !== undefined) journal.addKeyframe(name, json, why)
    },
    announce() {},
  }
  return internals
}
