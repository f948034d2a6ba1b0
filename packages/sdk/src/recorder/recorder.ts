import { RECORDING } from '@playhead/shared/model/event'
import { eventId } from '@playhead/shared/model/id'
import { Limits } from '@playhead/shared/wire/limits'
import type { History } from '../api/history'
import type { RecorderOptions } from '../api/options'
import type { Recorder } from '../api/recorder'
import { copied } from '../artifacts/given-artifact'
import { Decisions } from '../journal/decisions'
import { writeWith } from '../journal/write-with'
import { guard } from '../page/guard'
import { hide, show } from '../page/hook'
import { now, page, warnOnce } from '../page/natives'
import { assembleInternals } from './assemble'
import { attachBus, recordMiddleware } from './bus'
import { featureOf } from './extensions'
import { watchLeaving } from './leaving'
import { openPanelAccess } from './panel-access'
import type { PanelConnector } from './panel-connection'

/** Starts a recorder that works. `load` brings the code of the link where no extension does. */
export function startRecorder(
  options: RecorderOptions,
  load: () => Promise<PanelConnector>,
): Recorder & { history?: History } {
  const internals = assembleInternals(options)
  const { id, journal, states, schemas, descriptions, hooks } = internals
  const features = (options.extensions ?? []).map(featureOf)
  const panels = openPanelAccess(internals, features.find(feature => feature.kind === 'link')?.connector, load)
  const own = new Decisions(journal.policy, {})
  const defaultSource = journal.sources.of('app')
  const stops: (() => void)[] = []
  journal.onFull = () => internals.connection?.link?.pump()
  if (page) stops.push(watchLeaving(internals, page))

  const recorder: Recorder & { history?: History } = {
    enabled: true,
    id,
    middleware: options => recordMiddleware(internals, options ?? {}),
    attach: (adapter, options) => {
      const detach = attachBus(internals, adapter, options ?? {})
      const forget = added(stops, detach)
      return () => {
        forget()
        detach()
      }
    },
    record(type, payload, options) {
      if (internals.disposed) return undefined
      try {
        const decision = own.of(type)
        let n = 0
        if (options === undefined) {
          if (!decision.recorded) return undefined
          n = journal.append(decision, defaultSource, 0, payload)
        } else n = writeWith(journal, decision, defaultSource, 0, payload, options)
        return n === 0 ? undefined : eventId(id, n)
      } catch (error) {
        warnOnce('an event could not be recorded', error)
        return undefined
      }
    },
    within(cause, fn) {
      const { stack } = journal
      const depth = stack.depth
      try {
        stack.pushCause(cause)
      } catch {
        // The app gave something that is no text: what `fn` emits has the cause it would have anyway.
      }
      try {
        return fn()
      } finally {
        stack.depth = depth
      }
    },
    current: () => journal.stack.id,
    state(name, access) {
      if (internals.disposed) return () => {}
      const known = String(name).slice(0, Limits.name)
      const unregister = states.register(known, access as never)
      guard(() => {
        internals.keyframe(known, 'start')
        if (internals.connection?.link) internals.flush()
      })
      return unregister
    },
    onReplay: given => added(hooks, given),
    schema(type, schema, { version = '' } = {}) {
      let unregister: (() => void) | undefined
      guard(() => {
        unregister = schemas.add(String(type), schema, String(version).slice(0, Limits.name))
        internals.connection?.link?.schemas()
      })
      return () => guard(() => unregister?.())
    },
    describe: types =>
      guard(() => {
        descriptions.add(types)
        internals.connection?.link?.describe()
      }),
    transform: (test, make) => added(journal.transforms, { test, make: make as (value: object) => unknown }),
    mark: (name, kind = 'custom', data) =>
      guard(() => {
        // A boundary that the app passes in a replay is none of the recording.
        if (internals.disposed || journal.take !== RECORDING) return
        journal.addMark(kind, String(name), data === undefined ? undefined : journal.text(data))
        internals.flushSoon()
      }),
    artifact: (name, data, options) =>
      guard(() => {
        if (internals.disposed || journal.take !== RECORDING) return
        const time = now()
        const given = { name: String(name), data: copied(data), type: options?.type, time, afterN: journal.emitted }
        if (internals.artifacts) internals.artifacts.add(given)
        else {
          internals.waiting.push(given)
          panels.open()
        }
      }),
    flush: async options => (await import('./flush')).flush(internals, options?.timeout),
    acceptPort: port => guard(() => internals.disposed || panels.accept(port)),
    dispose() {
      if (internals.disposed) return
      internals.flush()
      internals.disposed = true
      for (const stop of stops.splice(0)) guard(stop)
      internals.artifacts?.clear()
      internals.waiting.length = 0
      guard(() => internals.replayer?.dispose())
      guard(panels.dispose)
      hide(id)
    },
  }

  for (const feature of features) {
    if (feature.kind === 'history') recorder.history = feature.connect(internals)
    else if (feature.kind === 'replay') {
      internals.parseReplay = feature.parse
      internals.replayer = feature.connect(internals)
    }
  }

  show(id)
  internals.announce()
  return recorder
}

/** Adds `item` to `list` and returns a function that takes it out again. */
function added<T>(list: T[], item: T): () => void {
  list.push(item)
  return () => {
    const at = list.indexOf(item)
    if (at >= 0) list.splice(at, 1)
  }
}
