import { Flag, RECORDING } from '@playhead/shared/model/event'
import { eventId } from '@playhead/shared/model/id'
import { Limits } from '@playhead/shared/wire/limits'
import type { EventOptions, History, Recorder, RecorderOptions } from '../api/types'
import { copied } from '../artifacts/given-artifact'
import { type Decision, Decisions, kindOf, levelOf } from '../journal/decisions'
import type { Transport } from '../link/connector'
import { guard } from '../page/guard'
import { hide, show } from '../page/hook'
import { now, page, warnOnce } from '../page/natives'
import { startCore } from './assemble'
import { attachBus, recordMiddleware } from './bus'
import { watchLeaving } from './leaving'
import { openReach } from './panel-access'

/** The working recorder. `load` brings the transport unless an extension does. */
export function startRecorder(
  options: RecorderOptions,
  load: () => Promise<Transport>,
): Recorder & { history?: History } {
  const core = startCore(options)
  const { id, journal, states, schemas, descriptions, hooks } = core
  const extensions = options.extensions ?? []
  const reach = openReach(core, extensions.find(extension => extension.kind === 'link')?.transport, load)
  const own = new Decisions(journal.policy, {})
  const defaultSource = journal.sources.of('app')
  const stops: (() => void)[] = []
  journal.onFull = () => core.connection?.link?.pump()
  if (page) stops.push(watchLeaving(core, page))

  const recorder: Recorder & { history?: History } = {
    enabled: true,
    id,
    middleware: options => recordMiddleware(core, options ?? {}),
    attach: (adapter, options) => {
      const detach = attachBus(core, adapter, options ?? {})
      const forget = added(stops, detach)
      return () => {
        forget()
        detach()
      }
    },
    record(type, payload, options) {
      if (core.disposed) return undefined
      try {
        const decision = own.of(type)
        let n = 0
        if (options === undefined) {
          if (!decision.recorded) return undefined
          n = journal.append(decision, defaultSource, 0, payload)
        } else n = recordWith(options, decision, payload)
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
        // `cause` is no text at all.
      }
      try {
        return fn()
      } finally {
        stack.depth = depth
      }
    },
    current: () => journal.stack.id,
    state(name, access) {
      if (core.disposed) return () => {}
      const known = String(name).slice(0, Limits.name)
      const unregister = states.register(known, access as never)
      guard(() => {
        core.keyframe(known, 'start')
        if (core.connection?.link) core.flush()
      })
      return unregister
    },
    onReplay: given => added(hooks, given),
    schema(type, schema, { version = '' } = {}) {
      let unregister: (() => void) | undefined
      guard(() => {
        unregister = schemas.add(String(type), schema, String(version).slice(0, Limits.name))
        core.connection?.link?.schemas()
      })
      return () => guard(() => unregister?.())
    },
    describe: types =>
      guard(() => {
        descriptions.add(types)
        core.connection?.link?.describe()
      }),
    mark: (name, kind = 'custom', data) =>
      guard(() => {
        // What a replay passes is no boundary of the recording.
        if (core.disposed || journal.take !== RECORDING) return
        journal.addMark(kind, String(name), data === undefined ? undefined : journal.text(data))
        core.flushSoon()
      }),
    artifact: (name, data, options) =>
      guard(() => {
        if (core.disposed || journal.take !== RECORDING) return
        const time = now()
        const given = { name: String(name), data: copied(data), type: options?.type, time, afterN: journal.emitted }
        if (core.artifacts) core.artifacts.add(given)
        else {
          core.waiting.push(given)
          reach.open()
        }
      }),
    acceptPort: port => guard(() => core.disposed || reach.accept(port)),
    dispose() {
      if (core.disposed) return
      core.flush()
      core.disposed = true
      for (const stop of stops.splice(0)) guard(stop)
      core.artifacts?.clear()
      core.waiting.length = 0
      guard(() => core.replayer?.dispose())
      guard(reach.dispose)
      hide(id)
    },
  }

  function recordWith(options: EventOptions, decision: Decision, payload: unknown): number {
    const plain = options.level === undefined && options.kind === undefined
    const level = plain ? decision.level : levelOf(options)
    if (!decision.included || level > journal.policy.level) return 0
    const kind = plain ? decision.kind : kindOf(options, level)
    const source =
      options.source === undefined ? defaultSource : journal.sources.of(options.source.slice(0, Limits.name))
    const flags = decision.flags | (options.input ? Flag.input : 0)
    const { causedBy } = options
    const causes = causedBy === undefined ? undefined : Array.isArray(causedBy) ? causedBy : [causedBy]
    return journal.write(decision.type, level, kind, flags, source, 0, payload, causes)
  }

  for (const extension of extensions) {
    if (extension.kind === 'history') recorder.history = extension.connect(core)
    else if (extension.kind === 'replay') {
      core.parseReplay = extension.parse
      core.replayer = extension.connect(core)
    }
  }

  show(id)
  core.announce()
  return recorder
}

/** Returns what takes `item` out again. */
function added<T>(list: T[], item: T): () => void {
  list.push(item)
  return () => {
    const at = list.indexOf(item)
    if (at >= 0) list.splice(at, 1)
  }
}
